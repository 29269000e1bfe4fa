"""BERT-base, written out in plain modules: its graph is the one that exported transformers have (12 layers, 110 M numbers)."""
import math

import torch
from torch import nn

VOCABULARY = 30522
WIDTH = 768
HEADS = 12
HIDDEN = 3072
LAYERS = 12
POSITIONS = 512
SEQUENCE = 128
EPSILON = 1e-12


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)

    def forward(self, x):
        def split(y):
            return y.view(1, -1, HEADS, WIDTH // HEADS)

        query = split(self.query(x)).permute(0, 2, 1, 3)
        key = split(self.key(x)).permute(0, 2, 3, 1)
        value = split(self.value(x)).permute(0, 2, 1, 3)
        weights = torch.softmax(torch.matmul(query, key) / math.sqrt(WIDTH // HEADS), -1)
        joined = torch.matmul(weights, value).permute(0, 2, 1, 3).contiguous().view(1, -1, WIDTH)
        return self.output(joined)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()
        self.attention_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.widen = nn.Linear(WIDTH, HIDDEN)
        self.activation = nn.GELU()
        self.narrow = nn.Linear(HIDDEN, WIDTH)
        self.output_norm = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, x):
        x = self.attention_norm(x + self.attention(x))
        return self.output_norm(x + self.narrow(self.activation(self.widen(x))))


class Bert(nn.Module):
    """From int64 token ids [1, SEQUENCE] to float features [1, SEQUENCE, WIDTH]."""

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.Sequential(*[Layer() for _ in range(LAYERS)])
        self.register_buffer("places", torch.arange(SEQUENCE)[None])

    def forward(self, ids):
        embedded = self.words(ids) + self.positions(self.places) + self.types(torch.zeros_like(ids))
        return self.layers(self.norm(embedded))


def sample():
    return torch.randint(0, VOCABULARY, (1, SEQUENCE))
