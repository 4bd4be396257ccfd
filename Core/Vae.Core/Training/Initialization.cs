namespace Vae;

/// <summary>The weights and biases of a model's layers before training. Part of a run's specification.</summary>
/// <param name="Weights">The distribution of the weights.</param>
/// <param name="ZeroBiases">Whether biases are 0; else they are uniform in ±1/√fan-in.</param>
/// <param name="DataBias">
/// Whether the bias of the decoder's last layer is set so that E[x|z] is the mean of the training data before the first step, as in
/// the code of Burda et al. 2016. Families without <see cref="ILikelihood.OutputsFor"/> keep the bias they have.
/// </param>
public sealed partial record Initialization(WeightScheme Weights, bool ZeroBiases = false, bool DataBias = false)
{
    /// <summary>The initial value of a tensor.</summary>
    /// <param name="parameter">Of a layer, or with a value of its own, which is returned.</param>
    internal Initial Of(Parameter parameter) =>
        parameter.Fan == Fan.None ? parameter.Initial
        : parameter.IsBias ? ZeroBiases ? new(0, 0) : parameter.Initial
        : new(Weights.Bound(parameter.Fan), 0);
}

/// <summary>Initializations by name.</summary>
public static class Initializations
{
    /// <summary>Weights and biases uniform in ±1/√fan-in: what a file that names none means.</summary>
    public static Initialization LeCun { get; } = new(WeightSchemes.LeCun);

    /// <summary>Glorot's weights, zero biases, and by default the output bias of the data; for tanh.</summary>
    public static Initialization Glorot(bool dataBias = true) => new(WeightSchemes.Glorot, ZeroBiases: true, dataBias);

    /// <summary>He's weights, zero biases, and by default the output bias of the data; for rectifiers.</summary>
    public static Initialization He(bool dataBias = true) => new(WeightSchemes.He, ZeroBiases: true, dataBias);

    /// <summary>Orthogonal weights, zero biases, and by default the output bias of the data.</summary>
    public static Initialization Orthogonal(bool dataBias = true) => new(WeightSchemes.Orthogonal, ZeroBiases: true, dataBias);

    /// <summary>Weights uniform in ±<paramref name="halfWidth"/>, zero biases, and by default the output bias of the data.</summary>
    /// <param name="halfWidth">In (0, 1].</param>
    /// <param name="dataBias">Whether E[x|z] is the mean of the training data before the first step.</param>
    public static Initialization Uniform(double halfWidth, bool dataBias = true) =>
        new(WeightSchemes.Uniform(halfWidth), ZeroBiases: true, dataBias);
}
