"""Language models of a few kilobytes with random weights: the real code with a writer of nonsense."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from summarizer.models import quiet_transformers

VOCABULARY = 400
_TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>\n{{ message['content'] }}</s>\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)
STRICT_TEMPLATE = (
    "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system here') }}{% endif %}" + _TEMPLATE
)


def save_tokenizer(folder: Path, text: str, template: str | None) -> Any:
    """A byte-level tokenizer that knows the pairs of bytes of this text, saved in the folder."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(text.splitlines(), trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    )
    fast.chat_template = template
    fast.save_pretrained(folder)
    return fast


def save_bart(folder: Path, text: str, *, positions: int = 128) -> Path:
    """A tiny BART."""
    from transformers import BartConfig, BartForConditionalGeneration

    config = BartConfig(
        vocab_size=VOCABULARY,
        d_model=16,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        max_position_embeddings=positions,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_eos_token_id=2,
        init_std=0.5,
    )
    return _save(folder, text, lambda: BartForConditionalGeneration(config), None)


def save_t5(folder: Path, text: str) -> Path:
    """A tiny T5, which knows no longest text."""
    from transformers import T5Config, T5ForConditionalGeneration

    config = T5Config(
        vocab_size=VOCABULARY,
        d_model=16,
        d_kv=8,
        d_ff=32,
        num_layers=1,
        num_heads=2,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=1,
        initializer_factor=3.0,
    )
    return _save(folder, text, lambda: T5ForConditionalGeneration(config), None)


def save_llama(folder: Path, text: str, *, positions: int = 1024, template: str | None = _TEMPLATE) -> Path:
    """A tiny Llama with a chat template."""
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=positions,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        initializer_range=0.5,
    )
    return _save(folder, text, lambda: LlamaForCausalLM(config), template)


def save_gguf(folder: Path, text: str) -> Path:
    """A tiny Llama in one GGUF file, its weights in blocks of 8 bits. Needs the package gguf."""
    import json

    import gguf
    import numpy as np

    tokenizer = json.loads(save_tokenizer(folder, text, None).backend_tokenizer.to_str())["model"]
    file = folder / "writer.Q8_0.gguf"
    writer = gguf.GGUFWriter(file, "llama")
    writer.add_context_length(1024)
    writer.add_embedding_length(64)
    writer.add_block_count(1)
    writer.add_feed_forward_length(64)
    writer.add_head_count(2)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_dimension_count(32)
    writer.add_vocab_size(VOCABULARY)
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(sorted(tokenizer["vocab"], key=tokenizer["vocab"].__getitem__))
    writer.add_token_merges([" ".join(pair) for pair in tokenizer["merges"]])
    writer.add_bos_token_id(0)
    writer.add_pad_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(_TEMPLATE)
    draw = np.random.default_rng(11)
    shapes = {
        "token_embd": (VOCABULARY, 64),
        "blk.0.attn_q": (64, 64),
        "blk.0.attn_k": (64, 64),
        "blk.0.attn_v": (64, 64),
        "blk.0.attn_output": (64, 64),
        "blk.0.ffn_gate": (64, 64),
        "blk.0.ffn_up": (64, 64),
        "blk.0.ffn_down": (64, 64),
        "output": (VOCABULARY, 64),
    }
    kind = gguf.GGMLQuantizationType.Q8_0
    for name, shape in shapes.items():
        weights = draw.normal(scale=0.3, size=shape).astype(np.float32)
        writer.add_tensor(f"{name}.weight", gguf.quants.quantize(weights, kind), raw_dtype=kind)
    for name in ("blk.0.attn_norm", "blk.0.ffn_norm", "output_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(64, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return file


def _save(folder: Path, text: str, model: Callable[[], Any], template: str | None) -> Path:
    import torch

    save_tokenizer(folder, text, template)
    with torch.random.fork_rng(), quiet_transformers():
        torch.manual_seed(11)
        model().save_pretrained(folder)
    return folder
