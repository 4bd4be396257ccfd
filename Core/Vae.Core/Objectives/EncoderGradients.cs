namespace Vae;

/// <summary>Estimators of the encoder's gradient by name.</summary>
public static class EncoderGradients
{
    /// <summary>The derivative of the loss as it stands.</summary>
    public static EncoderGradient Total { get; } = new EncoderGradient.Total();

    /// <summary>Through the draws alone; Roeder et al. 2017.</summary>
    public static EncoderGradient StickingTheLanding { get; } = new EncoderGradient.StickingTheLanding();

    /// <summary>Through the draws alone, by squared weights; Tucker et al. 2019.</summary>
    public static EncoderGradient DoublyReparameterized { get; } = new EncoderGradient.DoublyReparameterized();

    /// <summary>Its name for people.</summary>
    public static string Name(EncoderGradient gradient) =>
        gradient.Match(total: _ => "total", stickingTheLanding: _ => "sticking the landing", doublyReparameterized: _ => "doubly reparameterized");
}
