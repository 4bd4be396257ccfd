namespace Vae.Torch;

/// <summary>How improbable a row is under a model; nats.</summary>
/// <param name="Score">The importance-weighted bound on −ln p(x): large for anomalies.</param>
/// <param name="NegElbo">−ELBO; the shares sum to it.</param>
/// <param name="Shares">The part of each column in −ELBO, and of the code; by place for data that are no table.</param>
public sealed record RowAnswer(double Score, double NegElbo, ValueList<ServedShare> Shares);

/// <summary>A column's part in a score.</summary>
/// <param name="Column">The column; <c>the code</c> for the KL; x0, x1, … for data that are no table.</param>
/// <param name="Nats">Its part.</param>
public sealed record ServedShare(string Column, double Nats);
