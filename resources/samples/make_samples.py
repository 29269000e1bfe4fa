#!/usr/bin/python3
"""Makes the sample models and data of this folder: a digits CNN and a small residual network on scikit-learn's digits.

Needs Debian's python3-torch, python3-sklearn and python3-onnx; run with the system python3 from this folder. Seeded;
the files it writes are committed, so nobody needs to run it to use Lathe.

  digits.onnx           plain CNN with unfolded batch normalisation, opset 13, batch free
  digits_residual.onnx  residual blocks, exported under names with scopes, opset 13, batch free
  digits.npz            train_x (1437,8,8) uint8 0..16, train_y, test_x (360,8,8), test_y
"""
import numpy as np
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F
from sklearn.datasets import load_digits

torch.manual_seed(1)
torch.set_num_threads(2)


class Digits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16)
        self.conv2, self.norm2 = nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32)
        self.drop = nn.Dropout(0.2)
        self.dense1, self.dense2 = nn.Linear(128, 64), nn.Linear(64, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.norm1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.norm2(self.conv2(x))), 2)
        x = self.drop(torch.flatten(x, 1))
        return self.dense2(F.relu(self.dense1(x)))


class Block(nn.Module):
    def __init__(self, channels, stride=1, wide=None):
        super().__init__()
        wide = wide or channels
        self.conv1, self.norm1 = nn.Conv2d(channels, wide, 3, stride, 1, bias=False), nn.BatchNorm2d(wide)
        self.conv2, self.norm2 = nn.Conv2d(wide, wide, 3, 1, 1, bias=False), nn.BatchNorm2d(wide)
        self.shortcut = nn.Conv2d(channels, wide, 1, stride) if stride != 1 or wide != channels else nn.Identity()

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)))
        return F.relu(self.norm2(self.conv2(y)) + self.shortcut(x))


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.norm = nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16)
        self.stage1 = nn.Sequential(Block(16), Block(16))
        self.stage2 = nn.Sequential(Block(16, 2, 32), Block(32))
        self.head = nn.Linear(32, 10)

    def forward(self, x):
        x = F.relu(self.norm(self.stem(x)))
        x = self.stage2(self.stage1(x))
        return self.head(x.mean((2, 3)))


digits = load_digits()
images, labels = digits.images.astype(np.uint8), digits.target.astype(np.int64)
order = np.random.RandomState(1).permutation(len(images))
train, test = order[:1437], order[1437:]
np.savez_compressed("digits.npz", train_x=images[train], train_y=labels[train], test_x=images[test], test_y=labels[test])
x = torch.tensor(images[train][:, None] / 16.0, dtype=torch.float32)
y = torch.tensor(labels[train])
xt = torch.tensor(images[test][:, None] / 16.0, dtype=torch.float32)


def train_model(model, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, epochs * (len(x) // 64 + 1))
    for _ in range(epochs):
        model.train()
        for batch in torch.randperm(len(x)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(model(x[batch]), y[batch], label_smoothing=0.05).backward()
            optimizer.step()
            schedule.step()
    model.eval()
    with torch.no_grad():
        return (model(xt).argmax(1).numpy() == labels[test]).mean()


for name, model, epochs in (("digits", Digits(), 30), ("digits_residual", Residual(), 30)):
    accuracy = train_model(model, epochs)
    torch.onnx.export(model, xt[:1], name + ".onnx", opset_version=13, input_names=["image"], output_names=["scores"],
                      dynamic_axes={"image": {0: "N"}, "scores": {0: "N"}}, do_constant_folding=False,
                      training=torch.onnx.TrainingMode.PRESERVE)
    onnx.checker.check_model(onnx.load(name + ".onnx"))
    print(f"{name}: test accuracy {100 * accuracy:.2f} %")
