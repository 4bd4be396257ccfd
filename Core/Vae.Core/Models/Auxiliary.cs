namespace Vae;

/// <summary>An objective's own network, such as a discriminator, with its own tensors and optimizer.</summary>
/// <param name="Name">The prefix of its tensors' names.</param>
/// <param name="Path">The path of its network in the objective's spec.</param>
/// <param name="Network">Its layers and head.</param>
/// <param name="Input">The shape of one row.</param>
/// <param name="Outputs">Number of outputs for a row; ≥ 1.</param>
/// <param name="Optimizer">How its gradient becomes a step.</param>
/// <param name="LearningRate">Over epochs; ≥ 0.</param>
/// <param name="InTurn">Whether it is trained by its own loss, after each step of the model; else by the model's loss.</param>
/// <param name="IsKept">Whether it is saved with the model's weights, being of use after training.</param>
public sealed partial record Auxiliary(
    string Name, string Path, Network Network, Shape Input, int Outputs, Optimizer Optimizer, Schedule LearningRate,
    bool InTurn, bool IsKept);
