#!/usr/bin/python3
"""Exports the benchmark's networks as ONNX files: random weights, the same in every run; batch 1; opset 13.

Usage: export_models.py FOLDER [NAME ...]

Writes FOLDER/NAME.onnx and FOLDER/NAME.in.npy, an input for it. A model whose files exist is left alone. Speed does not
depend on the weights as long as activations stay in the range of a trained network (denormal and infinite numbers are slow),
so batch normalizations get the statistics of random pictures. Needs Debian's python3-torch, python3-torchvision and
python3-onnx, hence the system's Python.
"""
import json
import os
import sys

import bert
import numpy
import onnx
import torch
from torch import nn
from torchvision import models
from torchvision.ops import StochasticDepth

OPSET = 13
PICTURE = (3, 224, 224)
CALIBRATION_BATCH = 4
NETWORKS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "networks.json")


def pictures(count):
    return torch.rand((count, *PICTURE)) * 2 - 1


def calibrate(model):
    """Sets the statistics of batch normalizations to those of one random batch."""
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    if not norms:
        return
    model.train()
    for module in model.modules():
        if isinstance(module, (nn.Dropout, StochasticDepth)):
            module.eval()
    for norm in norms:
        norm.momentum = None  # a plain mean instead of a moving one
        norm.reset_running_stats()
    with torch.no_grad():
        model(pictures(CALIBRATION_BATCH))


def build(name):
    """The network in inference mode and a sample of its input."""
    torch.manual_seed(0)
    if name == "bert_base":
        return bert.Bert().eval(), bert.sample()
    model = getattr(models, name)(weights=None)
    calibrate(model)
    if name == "vit_b_16":
        # torchvision starts the head at zero: every output would be 0 and every comparison good.
        nn.init.trunc_normal_(model.heads.head.weight, std=0.02)
    return model.eval(), pictures(1)


def export(model, sample, path):
    # In inference mode torch replaces attention by one fused call that has no ONNX form. Attention in training mode is the
    # same arithmetic, since its dropout is 0.
    attention = [module for module in model.modules() if isinstance(module, nn.MultiheadAttention)]
    for module in attention:
        module.train()
    mode = torch.onnx.TrainingMode.PRESERVE if attention else torch.onnx.TrainingMode.EVAL
    torch.onnx.export(
        model,
        sample,
        path,
        opset_version=OPSET,
        input_names=["input"],
        output_names=["output"],
        training=mode,
    )
    onnx.save(onnx.shape_inference.infer_shapes(onnx.load(path)), path)


def write(name, folder):
    target = os.path.join(folder, name + ".onnx")
    input_target = os.path.join(folder, name + ".in.npy")
    if os.path.exists(target) and os.path.exists(input_target):
        return
    model, sample = build(name)
    with torch.no_grad():
        largest = model(sample).abs().max().item()
    # Renamed when whole: an interrupted export leaves no file that looks finished.
    export(model, sample, target + ".part")
    os.replace(target + ".part", target)
    with open(input_target + ".part", "wb") as file:
        numpy.save(file, sample.numpy())
    os.replace(input_target + ".part", input_target)
    parameters = sum(parameter.numel() for parameter in model.parameters()) / 1e6
    size = os.path.getsize(target) / 2**20
    print(f"{name}: {parameters:.1f} M parameters, {size:.0f} MiB, largest output {largest:.3g}", flush=True)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with open(NETWORKS, encoding="utf-8") as file:
        known = json.load(file)["float"]
    folder, names = sys.argv[1], sys.argv[2:] or known
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"No network {', '.join(unknown)}. Known: {', '.join(known)}.")
    os.makedirs(folder, exist_ok=True)
    torch.set_num_threads(1)
    for name in names:
        write(name, folder)


if __name__ == "__main__":
    main()
