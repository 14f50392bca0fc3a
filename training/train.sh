#!/usr/bin/env bash
# Makes the embedded English model step by step on a CPU (about five hours on two cores). README.md explains each step.
#   QUOTES_GOLD=DATA START=ENCODER bash training/train.sh WORKING_FOLDER
# DATA holds treebanks/ and ner/; ENCODER is a folder with all-MiniLM-L6-v2 (Apache-2.0), both dropouts in its config.json set to 0.
# A step whose result is in the working folder is left out, so a run that was broken off goes on where it was.
set -euo pipefail
: "${QUOTES_GOLD:?names the folder of the data}" "${START:?names the folder of the encoder to start from}"
checkout=$(cd "$(dirname "$0")/.." && pwd)
QUOTES_GOLD=$(cd "$QUOTES_GOLD" && pwd)
START=$(cd "$START" && pwd)
mkdir -p "${1:?the folder to work in}"
cd "$1"
export QUOTES_GOLD PYTHONPATH=$checkout MALLOC_ARENA_MAX=2 TOKENIZERS_PARALLELISM=false HF_HUB_OFFLINE=1 UDBASE=$PWD/ud DATA_ROOT=$PWD/data
train=ud/UD_English-News/en_news-ud-train.conllu small=ud/dev-small.conllu
common=(--lang en --shorthand en_news --mode train --save_dir out --cpu)
mkdir -p out model
wanted() { [ ! -e "$1" ] && echo "== $1"; }

if wanted data/mwt; then
  python -m training.prepare_ud --out ud
  python -m training.prepare_lemma "$train" ud/lemma-train.conllu
  python -m training.prepare_ner --out ner
  python -m stanza.utils.datasets.prepare_tokenizer_treebank UD_English-News
  python -m stanza.utils.datasets.prepare_mwt_treebank UD_English-News
fi

if wanted model/tokenize.pt; then
  python -m stanza.models.tokenizer --lang en --shorthand en_news --mode train --cpu --save_dir out --save_name tokenize.pt \
    --txt_file data/tokenize/en_news.train.txt --label_file data/tokenize/en_news-ud-train.toklabels \
    --mwt_json_file data/tokenize/en_news-ud-dev-mwt.json --dev_txt_file data/tokenize/en_news.dev.txt \
    --dev_label_file data/tokenize/en_news-ud-dev.toklabels --dev_conll_gold data/tokenize/en_news.dev.gold.conllu \
    --emb_dim 32 --hidden_dim 64 --steps 8000 --eval_steps 1000 --max_steps_before_stop 4000
  cp out/tokenize.pt model/
fi

# the parser fine-tunes the encoder; everything after it uses the encoder as it then is
if wanted model/depparse.pt; then
  python -m training.on_cpu parser "${common[@]}" --train_file "$train" --eval_file "$small" --save_name dep.pt \
    --no_pretrain --no_char --no_upos --no_xpos --no_ufeats --word_emb_dim 1 --transformed_dim 32 --hidden_dim 160 --num_layers 1 \
    --deep_biaff_hidden_dim 128 --deep_biaff_output_dim 96 --no_linearization --no_distance \
    --bert_model "$START" --bert_hidden_layers 4 --bert_finetune --bert_learning_rate 0.08 --bert_start_finetuning 0 --bert_warmup_steps 0 \
    --optim adam --lr 0.001 --beta2 0.99 --no_second_optim --weight_decay 0 --batch_size 1500 --eval_interval 550 --max_steps 2400 \
    --max_steps_before_stop 5000 --log_step 10 --no_checkpoint
  python -m training.export split out/dep.pt "$START" model
  python -m training.export widen model/encoder encoder-f32
fi

if wanted model/pos.pt; then
  python -m training.on_cpu tagger "${common[@]}" --train_file "$train" --eval_file "$small" --save_name pos.pt \
    --no_pretrain --char_emb_dim 32 --char_hidden_dim 64 --word_emb_dim 1 --tag_emb_dim 25 --transformed_dim 64 --hidden_dim 160 \
    --num_layers 1 --deep_biaff_hidden_dim 128 --composite_deep_biaff_hidden_dim 64 --bert_model "$PWD/encoder-f32" --bert_hidden_layers 4 \
    --optim adam --lr 0.003 --no_second_optim --batch_size 80 --augment_nopunct 0 --fix_eval_interval --eval_interval 500 --max_steps 1500 \
    --max_steps_before_stop 5000 --log_step 20
  python -m training.export relocate out/pos.pt model/pos.pt
fi

# names: over cached states of the encoder, first gold only, then with copies that hold other names
if wanted model/ner.pt; then
  python -m training.features --encoder model/encoder --ner ner --out features \
    world uner gum people titles news bodies world-dev uner-dev silver-dev
  wanted out/ner-gold.pt && python -m training.train_ner world:1 uner:1.5 gum:0.7 \
    --out out/ner-gold.pt --steps 1500 --dropout 0.35
  wanted out/ner-names.pt && python -m training.train_ner world:1 uner:2 gum:0.7 people:0.6 titles:0.6 \
    --start out/ner-gold.pt --out out/ner-names.pt --steps 1500 --rate 0.0015 --dropout 0.3 --average 0.99
  wanted out/ner-long.pt && python -m training.train_ner world:1 uner:2.5 gum:0.8 people:0.5 titles:0.5 news:0.3 bodies:0.3 \
    --start out/ner-names.pt --out out/ner-long.pt --steps 2000 --rate 0.0015 --dropout 0.3 --average 0.99 --seed 5
  python -m training.train_ner world:1 uner:2 gum:0.8 people:0.3 titles:0.5 news:2 bodies:0.3 \
    --start out/ner-long.pt --out out/ner.pt --steps 700 --rate 0.001 --dropout 0.3 --average 0.985 --seed 7
  python -m training.export relocate out/ner.pt model/ner.pt
fi

if wanted model/lemma.pt; then
  python -m stanza.models.lemmatizer --shorthand en_news --mode train --train_file ud/lemma-train.conllu --eval_file "$small" \
    --save_dir out --save_name lemma.pt --hidden_dim 96 --emb_dim 32 --pos_dim 32 --num_epoch 5 --batch_size 100 --log_step 100 --cpu
  python -m training.extend_lemmas out/lemma.pt --words "$checkout/data/en/words" --out model/lemma.pt
fi

if wanted model/mwt.pt; then
  python -m stanza.models.mwt_expander --lang en --shorthand en_news --mode train --train_file data/mwt/en_news.train.in.conllu \
    --eval_file data/mwt/en_news.dev.in.conllu --gold_file data/mwt/en_news.dev.gold.conllu --save_dir out --save_name mwt.pt \
    --max_dec_len 20 --num_epoch 3 --hidden_dim 64 --emb_dim 32 --cpu
  cp out/mwt.pt model/
fi

python -m training.measure model
