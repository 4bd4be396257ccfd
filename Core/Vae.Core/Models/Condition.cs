namespace Vae;

/// <summary>What the networks are told besides x and z: q(z|x, c), p(x|z, c), and p(z|c) where the prior is conditional; Sohn et al. 2015.</summary>
[Closed]
public abstract partial record Condition
{
    /// <summary>Nothing: an unconditional model.</summary>
    public sealed partial record None : Condition;

    /// <summary>A class label, one-hot.</summary>
    /// <param name="Classes">The number of classes; labels are 0 … classes − 1.</param>
    public sealed partial record Label(int Classes) : Condition;

    /// <summary>Several class labels, each one-hot, one after the other.</summary>
    /// <param name="Classes">The number of classes of each label; the data gives a whole number 0 … classes − 1 for each.</param>
    public sealed partial record Labels(ValueList<int> Classes) : Condition;

    /// <summary>A vector of finite real values.</summary>
    /// <param name="Width">The length of the vector; ≥ 1.</param>
    public sealed partial record Vector(int Width) : Condition;

    /// <summary>
    /// The observed quadrants of the image x itself, as an image with zeros elsewhere; the likelihood counts the other
    /// quadrants only, so the model is of what is not seen given what is; Sohn et al. 2015, section 5.1.
    /// </summary>
    /// <param name="Observed">1: the lower left quadrant; 2: the left half; 3: all but the lower right quadrant.</param>
    public sealed partial record Quadrants(int Observed) : Condition;
}
