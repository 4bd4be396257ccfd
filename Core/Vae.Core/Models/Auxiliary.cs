namespace Vae;

/// <summary>A network that an objective has beside those of the model, with tensors and an optimizer of its own.</summary>
/// <param name="Name">By which its tensors are stored.</param>
/// <param name="Path">Where its network stands in the objective's spec.</param>
/// <param name="Network">Its layers and head.</param>
/// <param name="Input">What one row is.</param>
/// <param name="Outputs">How many numbers it gives for a row.</param>
/// <param name="Optimizer">How its gradient becomes a step.</param>
/// <param name="LearningRate">Over epochs.</param>
/// <param name="InTurn">
/// Whether it has a loss of its own and is trained by it after the model; else it is trained by the model's loss.
/// </param>
/// <param name="IsKept">Whether the weights that a run keeps include it: it is of use without the training.</param>
public sealed partial record Auxiliary(
    string Name, string Path, Network Network, Shape Input, int Outputs, Optimizer Optimizer, Schedule LearningRate, bool InTurn, bool IsKept);
