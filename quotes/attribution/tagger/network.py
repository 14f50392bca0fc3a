"""The network of the tagger: words in, likely anchors and, for each anchor, its attribution out.

In: tensors of one or more windows of words over several sentences. Out: logits. No files are read.

Small transformer layers read whole windows: the words (their vectors in the encoder's table of word
pieces and its states), their lemmas and tags, marks, and the attributions of the rules. Attention
sees how far apart two words, their sentences and paragraphs are, and the tree. A head then reads,
for one anchor at a time, the words around: which are the cue, the source and the content of *this*
attribution. So attributions may nest and share words, and a content may have several pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor, nn
from torch.nn import functional

TABLE, STATES = 384, 768  # units of the encoder's table of word pieces, and of its states of a word
GIVEN = TABLE + STATES
WIDTH, HEADS, INNER = 128, 4, 256  # units of a word, heads of a layer, units inside of it
REACH = 64  # words before and after an anchor that can belong to it
PAIR = 48  # units of the head
DISTANCES = 32  # classes of distance between two words
FARTHEST = 128  # words from which all distances are one class
SENTENCES = 3  # sentences apart that are distinguished
RELATIONS = 5  # of a word to an anchor in the tree: none, below, above, itself, below its head
ROLES = ("cue", "source", "content")


@dataclass(frozen=True)
class Windows:
    """Windows x words, padded at the end, where `known` is False.

    `vectors` are those of the words; `first` and `last` number the tree from top to bottom so that
    all words below a word lie between both; `roles` are the parts that rules give a word.
    """

    vectors: Tensor
    known: Tensor
    lemmas: Tensor
    upos: Tensor
    deprel: Tensor
    heads: Tensor
    first: Tensor
    last: Tensor
    sentences: Tensor
    paragraphs: Tensor
    depths: Tensor
    marks: Tensor
    shapes: Tensor
    roles: Tensor


@dataclass(frozen=True)
class Anchors:
    """Anchors by window and word.

    `roles` (anchors x words around x 3) are the parts that rules find, `guessed` is 1 where rules
    found an attribution.
    """

    window: Tensor
    word: Tensor
    roles: Tensor
    guessed: Tensor


@dataclass(frozen=True)
class NetworkSettings:
    """The settings that the shape of the weights depends on."""

    upos: tuple[str, ...]
    deprel: tuple[str, ...]
    lemmas: tuple[str, ...]
    layers: int = 2

    @cached_property
    def numbers(self) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        """The rows of tags, labels and lemmas in their tables; 0 is for unknown ones."""
        upos, deprel, lemmas = (
            {name: row for row, name in enumerate(names, 1)}
            for names in (self.upos, self.deprel, self.lemmas)
        )
        return upos, deprel, lemmas


def distance_classes(distance: Tensor) -> Tensor:
    """Return the classes of signed distances, as in T5 (Raffel et al. 2020).

    They are exact near zero, and coarser with the logarithm up to `FARTHEST`.
    """
    half = DISTANCES // 2
    exact = half // 2
    size = distance.abs()
    large = (
        exact
        + (
            torch.log(size.clamp(min=1) / exact)
            / torch.log(torch.tensor(FARTHEST / exact))
            * (half - exact)
        ).long()
    )
    return torch.where(size < exact, size, large.clamp(max=half - 1)) + half * (distance > 0)


class Layer(nn.Module):
    """One layer as in BERT, with a bias on attention."""

    def __init__(self) -> None:
        super().__init__()
        self.joint = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-6)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.last_norm = nn.LayerNorm(WIDTH, eps=1e-6)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """Return new states: windows x words x units."""
        rows, length, _ = states.shape
        query, key, value = (
            part.view(rows, length, HEADS, -1).transpose(1, 2)
            for part in self.joint(states).chunk(3, dim=-1)
        )
        seen = (
            functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
            .transpose(1, 2)
            .reshape(states.shape)
        )
        states = self.norm(self.out(seen) + states)
        made: Tensor = self.last_norm(self.outer(functional.gelu(self.inner(states))) + states)
        return made


class Network(nn.Module):
    """Logits for anchors and attributions."""

    def __init__(self, settings: NetworkSettings) -> None:
        super().__init__()
        self.settings = settings
        self.given = nn.Linear(GIVEN, WIDTH)
        self.above = nn.Linear(GIVEN, WIDTH, bias=False)
        self.lemma = nn.Embedding(len(settings.lemmas) + 1, WIDTH)
        self.upos = nn.Embedding(len(settings.upos) + 1, WIDTH)
        self.deprel = nn.Embedding(len(settings.deprel) + 1, WIDTH)
        self.depth = nn.Embedding(3, WIDTH)
        self.shape = nn.Embedding(4, WIDTH)
        self.roles = nn.Linear(3, WIDTH, bias=False)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-6)
        self.layers = nn.ModuleList(Layer() for _ in range(settings.layers))
        self.distance = nn.Embedding(DISTANCES, HEADS)
        self.sentence = nn.Embedding(2 * SENTENCES + 1, HEADS)
        self.paragraph = nn.Embedding(2, HEADS)
        self.tree = nn.Embedding(3, HEADS)
        self.anchor = nn.Linear(WIDTH, 1)
        self.word = nn.Linear(WIDTH, 2 * PAIR)
        self.centre = nn.Linear(WIDTH, 2 * PAIR)
        self.offset = nn.Embedding(2 * REACH + 1, PAIR)
        self.guess = nn.Linear(3, PAIR, bias=False)
        self.apart = nn.Embedding(2 * (2 * SENTENCES + 1), PAIR)
        self.relation = nn.Embedding(RELATIONS, PAIR)
        self.marked = nn.Embedding(6, PAIR)
        self.pair_norm = nn.LayerNorm(PAIR)
        self.near = nn.Conv1d(PAIR, PAIR, 5, padding=2)
        self.wide = nn.Conv1d(PAIR, PAIR, 5, padding=12, dilation=6)
        self.role = nn.Linear(PAIR, len(ROLES))
        self.valid_word = nn.Linear(WIDTH, PAIR)
        self.valid_pair = nn.Linear(2 * PAIR + 1, PAIR)
        self.valid = nn.Linear(PAIR, 1)
        for table in (
            self.upos,
            self.deprel,
            self.depth,
            self.shape,
            self.lemma,
            self.offset,
            self.apart,
            self.relation,
            self.marked,
        ):
            nn.init.normal_(table.weight, std=0.1)
        for table in (self.distance, self.sentence, self.paragraph, self.tree):
            nn.init.zeros_(table.weight)
        nn.init.constant_(self.anchor.bias, -3.0)  # about one word in twenty is an anchor
        nn.init.constant_(self.role.bias, -2.0)

    def read(self, windows: Windows) -> Tensor:
        """Return the states of the words after the layers: windows x words x units."""
        states = (
            self.given(windows.vectors)
            + self.lemma(windows.lemmas)
            + self.upos(windows.upos)
            + self.deprel(windows.deprel)
        )
        headed = (windows.heads >= 0)[..., None]
        over = (
            self.above(windows.vectors) + self.lemma(windows.lemmas) + self.deprel(windows.deprel)
        )
        rows = torch.arange(len(over))[:, None]
        states = states + over[rows, windows.heads.clamp(min=0)] * headed
        states = self.norm(
            states
            + self.depth(windows.depths)
            + self.shape(windows.shapes)
            + self.roles(windows.roles)
        )
        bias = self._bias(windows)
        for layer in self.layers:
            states = layer(states, bias)
        made: Tensor = states
        return made

    def _bias(self, windows: Windows) -> Tensor:
        """Return the bias of attention: windows x heads x words x words.

        Distances are looked up once for each distance, and the tree is added where it has arcs,
        because most pairs of words have none.
        """
        count, length = windows.known.shape
        near = (
            self.distance(distance_classes(torch.arange(1 - length, length)))
            .t()
            .unfold(1, length, 1)
            .flip(1)
        )
        apart = (
            (windows.sentences[:, None, :] - windows.sentences[:, :, None])
            .clamp_(-SENTENCES, SENTENCES)
            .add_(SENTENCES)
        )
        same = windows.paragraphs[:, None, :] == windows.paragraphs[:, :, None]
        none, below, above = self.tree.weight
        steps = (
            (self.sentence.weight[:, None] + self.paragraph.weight[None] + none)
            .flatten(0, 1)
            .t()
            .contiguous()
        )
        bias = (
            steps.index_select(1, apart.mul_(2).add_(same).flatten())
            .view(HEADS, count, length, length)
            .transpose(0, 1)
        )
        bias = bias + near + torch.where(windows.known, 0.0, -1e4)[:, None, None, :]
        rows, words = (windows.heads >= 0).nonzero(as_tuple=True)
        heads, every = windows.heads[rows, words], torch.arange(HEADS)[:, None]
        bias.index_put_(
            (rows, every, words, heads),
            (below - none)[:, None].expand(-1, len(rows)),
            accumulate=True,
        )
        bias.index_put_(
            (rows, every, heads, words),
            (above - none)[:, None].expand(-1, len(rows)),
            accumulate=True,
        )
        made: Tensor = bias
        return made

    def likely(self, states: Tensor) -> Tensor:
        """Return for each word the logit of being an anchor."""
        made: Tensor = self.anchor(states).squeeze(-1)
        return made

    def attribute(
        self, windows: Windows, states: Tensor, anchors: Anchors
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return the logits of attributions.

        Returns:
            For each anchor the logit of an attribution; those of the words around to be its cue,
            source and content (anchors x words x 3); which of these words exist.
        """
        length = states.shape[1]
        around = anchors.word[:, None] + torch.arange(-REACH, REACH + 1)
        inside = (around >= 0) & (around < length)
        at = around.clamp(0, length - 1)
        rows = anchors.window[:, None].expand_as(at)
        there = inside & windows.known[rows, at]
        centre = states[anchors.window, anchors.word]
        plain, crossed = self.word(states)[rows, at].chunk(2, dim=-1)
        own, crossing = self.centre(centre)[:, None].chunk(2, dim=-1)
        pairs = (
            plain
            + own
            + crossed * crossing
            + self.offset.weight
            + self.guess(anchors.roles)
            + self._relative(windows, anchors, rows, at)
        )
        pairs = functional.gelu(self.pair_norm(pairs)) * there[..., None]
        for convolution in (self.near, self.wide):
            pairs = (
                pairs
                + functional.gelu(convolution(pairs.transpose(1, 2)).transpose(1, 2))
                * there[..., None]
            )
        roles = self.role(pairs)
        held = torch.sigmoid(roles[..., 2:]) * there[..., None]
        mean = (pairs * held).sum(1) / (held.sum(1) + 1)
        pooled = torch.cat((pairs.amax(1), mean, anchors.guessed[:, None]), dim=-1)
        valid = self.valid(
            functional.gelu(self.valid_word(centre) + self.valid_pair(pooled))
        ).squeeze(-1)
        return valid, roles, there

    def _relative(self, windows: Windows, anchors: Anchors, rows: Tensor, at: Tensor) -> Tensor:
        window, word = anchors.window, anchors.word
        apart = windows.sentences[rows, at] - windows.sentences[window, word][:, None]
        same = windows.paragraphs[rows, at] == windows.paragraphs[window, word][:, None]
        steps = apart.clamp(-SENTENCES, SENTENCES) + SENTENCES + (2 * SENTENCES + 1) * same
        first, last = windows.first[rows, at], windows.last[rows, at]
        own_first, own_last = (
            windows.first[window, word][:, None],
            windows.last[window, word][:, None],
        )
        head = windows.heads[window, word]
        outer = head.clamp(min=0)
        head_first = torch.where(head >= 0, windows.first[window, outer], -1)[:, None]
        head_last = torch.where(head >= 0, windows.last[window, outer], -1)[:, None]
        relation = torch.zeros_like(at)
        relation[(first >= head_first) & (first < head_last)] = 4
        relation[(first > own_first) & (first < own_last)] = 1
        relation[(first < own_first) & (last >= own_last)] = 2
        relation[at == word[:, None]] = 3
        mark, own_mark = windows.marks[rows, at], windows.marks[window, word][:, None]
        marked = torch.where(mark < 0, 0, torch.where(mark == own_mark, 1, 2)) + 3 * (own_mark >= 0)
        tables = (
            self.apart.weight[:, None, None]
            + self.relation.weight[None, :, None]
            + self.marked.weight[None, None]
        )
        made: Tensor = functional.embedding(
            (steps * RELATIONS + relation) * 6 + marked, tables.flatten(0, 2)
        )
        return made
