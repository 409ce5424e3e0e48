"""The network: BERT's encoder over the tokens of a mail, and two small heads on it.

Written out because it is all that training needs, and because the exported graph is then just this. Weights
to begin with are those of all-MiniLM-L6-v2 (Apache-2.0, 6 layers of 384, 12 heads of attention).
Source: https://arxiv.org/abs/1810.04805 and https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
"""

import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from corpus.training.examples import CATEGORIES

WIDTH, HEADS, INNER, POSITIONS = 384, 12, 1536, 512
_HIDDEN = -1e4
_EPSILON = 1e-12


class Layer(nn.Module):
    """Self-attention and a feed-forward part, each added to what came in."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.joined = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.first_norm, self.second_norm = (nn.LayerNorm(WIDTH, eps=_EPSILON) for _ in range(2))
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        """`x` is (mails, tokens, width); `hidden` is added to the attention that each token gets."""
        query, key, value = (self._heads(part(x)) for part in (self.query, self.key, self.value))
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH / HEADS) + hidden[:, None, None, :]
        seen = self.dropout(torch.softmax(scores, -1)) @ value
        x = self.first_norm(x + self.dropout(self.joined(seen.transpose(1, 2).flatten(2))))
        return self.second_norm(x + self.dropout(self.outer(nn.functional.gelu(self.inner(x)))))

    @staticmethod
    def _heads(x: Tensor) -> Tensor:
        return x.unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2)


class Network(nn.Module):
    """Logits of the categories (mails, 12), and of each token that its sentence decides (mails, tokens)."""

    def __init__(self, vocabulary: int, layers: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.decides = nn.Linear(WIDTH, 1)
        self.category = nn.Linear(2 * WIDTH, len(CATEGORIES))
        # The words keep their places from pre-training, so that words which the corpus lacks keep theirs too.
        self.words.weight.requires_grad = False

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """`ids` and `mask` (1 for tokens, 0 behind a mail's end) are (mails, tokens)."""
        hidden = (1 - mask) * _HIDDEN
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.positions(places) + self.kind))
        for layer in self.layers:
            x = layer(x, hidden)
        decides = self.decides(x).squeeze(-1)
        whole = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        telling = (x * torch.softmax(decides + hidden, 1)[..., None]).sum(1)
        return self.category(self.dropout(torch.cat([whole, telling], 1))), decides


def pretrained(weights: Mapping[str, Tensor], layers: Sequence[int]) -> Network:
    """A network with the chosen `layers` of the pre-trained encoder, and heads that know nothing yet."""
    words = weights["embeddings.word_embeddings.weight"]
    network = Network(len(words), len(layers))
    state = network.state_dict()
    state["words.weight"] = words
    state["positions.weight"] = weights["embeddings.position_embeddings.weight"]
    state["kind"] = weights["embeddings.token_type_embeddings.weight"][0]
    _copy(state, "norm", weights, "embeddings.LayerNorm")
    for place, layer in enumerate(layers):
        for own, theirs in _NAMES.items():
            _copy(state, f"layers.{place}.{own}", weights, f"encoder.layer.{layer}.{theirs}")
    network.load_state_dict(state)
    return network


def shortened(teacher: Network, layers: Sequence[int]) -> Network:
    """A network with only these of the teacher's layers, to learn from it."""
    student = Network(teacher.words.num_embeddings, len(layers))
    state = student.state_dict()
    for name, value in teacher.state_dict().items():
        if not name.startswith("layers."):
            state[name] = value
    for place, layer in enumerate(layers):
        for name, value in teacher.layers[layer].state_dict().items():
            state[f"layers.{place}.{name}"] = value
    student.load_state_dict(state)
    return student


_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "joined": "attention.output.dense",
    "first_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "second_norm": "output.LayerNorm",
}


def _copy(state: dict[str, Tensor], own: str, weights: Mapping[str, Tensor], theirs: str) -> None:
    for kind in ("weight", "bias"):
        state[f"{own}.{kind}"] = weights[f"{theirs}.{kind}"]
