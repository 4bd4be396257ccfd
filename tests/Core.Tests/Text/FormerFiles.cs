namespace Vae.Tests;

/// <summary>Runs as an earlier version wrote them, with the former names of members and kinds.</summary>
internal static class FormerFiles
{
    public const string Hierarchical = """
        {"model": {"input": [4], "latent": 3, "encoder": {"layers": [{"kind": "flatten"}, {"kind": "linear", "width": 8},
        {"kind": "activate", "function": {"kind": "tanh"}}, {"kind": "linear", "width": 8}, {"kind": "activate",
        "function": {"kind": "tanh"}}], "head": {"kind": "dense"}}, "decoder": {"layers": [{"kind": "linear", "width": 8},
        {"kind": "activate", "function": {"kind": "tanh"}}, {"kind": "linear", "width": 8}, {"kind": "activate",
        "function": {"kind": "tanh"}}], "head": {"kind": "dense"}}, "posterior": {"kind": "hierarchical",
        "levels": {"kind": "plain", "first": [2], "above": [{"latent": [1], "up": {"layers": [{"kind": "linear", "width": 4},
        {"kind": "activate", "function": {"kind": "tanh"}}, {"kind": "linear", "width": 4}, {"kind": "activate",
        "function": {"kind": "tanh"}}], "head": {"kind": "dense"}}, "down": {"layers": [{"kind": "linear", "width": 4},
        {"kind": "activate", "function": {"kind": "tanh"}}, {"kind": "linear", "width": 4}, {"kind": "activate",
        "function": {"kind": "tanh"}}], "head": {"kind": "dense"}}}]}}, "prior": {"kind": "hierarchical",
        "levels": {"kind": "plain", "first": [2], "above": [{"latent": [1], "up": {"layers": [{"kind": "linear", "width": 4},
        {"kind": "activate", "function": {"kind": "tanh"}}, {"kind": "linear", "width": 4}, {"kind": "activate",
        "function": {"kind": "tanh"}}], "head": {"kind": "dense"}}, "down": {"layers": [{"kind": "linear", "width": 4},
        {"kind": "activate", "function": {"kind": "tanh"}}, {"kind": "linear", "width": 4}, {"kind": "activate",
        "function": {"kind": "tanh"}}], "head": {"kind": "dense"}}}]}, "top": {"kind": "standardNormal"}},
        "likelihood": {"kind": "bernoulli", "grey": true}, "condition": {"kind": "none"}}, "objective": {"kind": "regularized",
        "beta": {"kind": "constant", "value": 1}, "regularizer": {"kind": "factor", "weight": 2,
        "critic": {"network": {"layers": [{"kind": "flatten"}, {"kind": "linear", "width": 256}, {"kind": "activate",
        "function": {"kind": "leakyRelu", "slope": 0.2}}, {"kind": "linear", "width": 256}, {"kind": "activate",
        "function": {"kind": "leakyRelu", "slope": 0.2}}], "head": {"kind": "dense"}}, "optimizer": {"kind": "adam",
        "beta1": 0.5, "beta2": 0.9, "epsilon": 1E-08}, "learningRate": {"kind": "constant", "value": 0.0001}}}},
        "data": {"source": "table.csv", "binarization": {"kind": "none"}, "validation": 0.1, "limit": 0, "asGiven": true,
        "masked": false, "without": ["3", "8"]}, "train": {"epochs": 10, "batch": 64, "seed": 1, "optimizer": {"kind": "adam",
        "beta1": 0.9, "beta2": 0.999, "epsilon": 1E-08}, "learningRate": {"kind": "then", "first": {"kind": "linear",
        "from": 0.0001, "to": 0.004, "epochs": 0.5}, "epochs": 0.5, "next": {"kind": "cosine", "from": 0.004, "to": 0,
        "epochs": 9.5}}, "clipping": {"kind": "none"}, "averaging": {"kind": "none"}, "stopping": {"kind": "never"}}}
        """;

    public const string Convolutional = """
        {"model": {"input": [1, 5, 5], "latent": 4, "encoder": {"layers": [{"kind": "conv2d", "channels": 32, "kernel": 4,
        "stride": 2, "padding": 1}, {"kind": "activate", "function": {"kind": "relu"}}, {"kind": "conv2d", "channels": 64,
        "kernel": 4, "stride": 2, "padding": 1}, {"kind": "activate", "function": {"kind": "relu"}}, {"kind": "flatten"},
        {"kind": "linear", "width": 8}, {"kind": "activate", "function": {"kind": "relu"}}, {"kind": "appendCondition",
        "width": 3}], "head": {"kind": "dense"}}, "decoder": {"layers": [{"kind": "linear", "width": 8}, {"kind": "activate",
        "function": {"kind": "relu"}}, {"kind": "linear", "width": 64}, {"kind": "activate", "function": {"kind": "relu"}},
        {"kind": "reshape", "to": [64, 1, 1]}, {"kind": "convTranspose2d", "channels": 32, "kernel": 4, "stride": 2,
        "padding": 1, "extraRows": 0, "extraColumns": 0}, {"kind": "activate", "function": {"kind": "relu"}}],
        "head": {"kind": "convTranspose2d", "kernel": 4, "stride": 2, "padding": 1, "extraRows": 1, "extraColumns": 1}},
        "posterior": {"kind": "diagonalNormal"}, "prior": {"kind": "standardNormal"}, "likelihood": {"kind": "bernoulli",
        "grey": true}, "condition": {"kind": "label", "classes": 3}}, "objective": {"kind": "vaeGan", "featureWeight": 0.5,
        "featureLayers": 5, "critic": {"network": {"layers": [{"kind": "flatten"}, {"kind": "linear", "width": 256},
        {"kind": "activate", "function": {"kind": "leakyRelu", "slope": 0.2}}, {"kind": "linear", "width": 256},
        {"kind": "activate", "function": {"kind": "leakyRelu", "slope": 0.2}}], "head": {"kind": "dense"}},
        "optimizer": {"kind": "adam", "beta1": 0.5, "beta2": 0.9, "epsilon": 1E-08}, "learningRate": {"kind": "constant",
        "value": 0.0001}}}, "data": {"source": "digits", "binarization": {"kind": "none"}, "validation": 0, "limit": 0,
        "asGiven": false, "masked": false, "without": []}, "train": {"epochs": 10, "batch": 64, "seed": 1,
        "optimizer": {"kind": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1E-08}, "learningRate": {"kind": "then",
        "first": {"kind": "linear", "from": 0.0001, "to": 0.004, "epochs": 0.5}, "epochs": 0.5, "next": {"kind": "cosine",
        "from": 0.004, "to": 0, "epochs": 9.5}}, "clipping": {"kind": "none"}, "averaging": {"kind": "none"},
        "stopping": {"kind": "never"}}}
        """;

    public const string UniformCodes = """
        {"model": {"input": [4], "latent": 4, "encoder": {"layers": [{"kind": "flatten"}, {"kind": "linear", "width": 8},
        {"kind": "activate", "function": {"kind": "relu"}}], "head": {"kind": "dense"}},
        "decoder": {"layers": [{"kind": "linear", "width": 8}, {"kind": "activate", "function": {"kind": "relu"}}],
        "head": {"kind": "dense"}}, "posterior": {"kind": "vectorQuantized", "codes": 8, "embedding": 2, "commitment": 0.25,
        "decay": 0.99}, "prior": {"kind": "uniformCodes", "classes": 8, "embedding": 2}, "likelihood": {"kind": "bernoulli",
        "grey": false}, "condition": {"kind": "none"}}, "objective": {"kind": "regularized", "beta": {"kind": "constant",
        "value": 0}, "regularizer": {"kind": "adversarial", "weight": 3, "critic": {"network": {"layers": [{"kind": "flatten"},
        {"kind": "linear", "width": 256}, {"kind": "activate", "function": {"kind": "leakyRelu", "slope": 0.2}},
        {"kind": "linear", "width": 256}, {"kind": "activate", "function": {"kind": "leakyRelu", "slope": 0.2}}],
        "head": {"kind": "dense"}}, "optimizer": {"kind": "adam", "beta1": 0.5, "beta2": 0.9, "epsilon": 1E-08},
        "learningRate": {"kind": "constant", "value": 0.001}}}}, "data": {"source": "digits", "binarization": {"kind": "none"},
        "validation": 0, "limit": 0, "asGiven": false, "masked": false, "without": []}, "train": {"epochs": 10, "batch": 64,
        "seed": 1, "optimizer": {"kind": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1E-08},
        "learningRate": {"kind": "then", "first": {"kind": "linear", "from": 0.0001, "to": 0.004, "epochs": 0.5},
        "epochs": 0.5, "next": {"kind": "cosine", "from": 0.004, "to": 0, "epochs": 9.5}}, "clipping": {"kind": "none"},
        "averaging": {"kind": "none"}, "stopping": {"kind": "never"}}}
        """;

    public const string AutoregressiveCodes = """
        {"model": {"input": [4], "latent": 4, "encoder": {"layers": [{"kind": "flatten"}, {"kind": "linear", "width": 8},
        {"kind": "activate", "function": {"kind": "relu"}}], "head": {"kind": "dense"}},
        "decoder": {"layers": [{"kind": "linear", "width": 8}, {"kind": "activate", "function": {"kind": "relu"}}],
        "head": {"kind": "dense"}}, "posterior": {"kind": "vectorQuantized", "codes": 8, "embedding": 2, "commitment": 0.25,
        "decay": 0.99}, "prior": {"kind": "autoregressive", "classes": 8, "embedding": 2, "width": 16},
        "likelihood": {"kind": "categorical", "levels": 16}, "condition": {"kind": "none"}}, "objective": {"kind": "elbo",
        "beta": {"kind": "constant", "value": 1}, "capacity": {"kind": "unlimited"}, "gradient": {"kind": "total"}},
        "data": {"source": "digits", "binarization": {"kind": "none"}, "validation": 0, "limit": 0, "asGiven": false,
        "masked": false, "without": []}, "train": {"epochs": 10, "batch": 64, "seed": 1, "optimizer": {"kind": "adam",
        "beta1": 0.9, "beta2": 0.999, "epsilon": 1E-08}, "learningRate": {"kind": "then", "first": {"kind": "linear",
        "from": 0.0001, "to": 0.004, "epochs": 0.5}, "epochs": 0.5, "next": {"kind": "cosine", "from": 0.004, "to": 0,
        "epochs": 9.5}}, "clipping": {"kind": "none"}, "averaging": {"kind": "none"}, "stopping": {"kind": "never"}}}
        """;
}
