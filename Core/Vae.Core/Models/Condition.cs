using System.Text.Json.Serialization;

namespace Vae;

/// <summary>What the networks are told besides x and z: q(z|x, c), p(x|z, c), and p(z|c) where the prior is conditional; Sohn et al. 2015.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Label), "label")]
[JsonDerivedType(typeof(Labels), "labels")]
[JsonDerivedType(typeof(Vector), "vector")]
[JsonDerivedType(typeof(Quadrants), "quadrants")]
public abstract record Condition
{
    private protected Condition() { }

    /// <summary>Nothing: an unconditional model.</summary>
    public sealed record None : Condition
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.None(this);
    }

    /// <summary>A class label, one-hot.</summary>
    /// <param name="Classes">The number of classes; labels are 0 … classes − 1.</param>
    public sealed record Label(int Classes) : Condition
    {
        /// <summary>The same with other parts.</summary>
        public Label With(int? classes = null) => new(classes ?? Classes);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Label(this);
    }

    /// <summary>Several class labels, each one-hot, one after the other.</summary>
    /// <param name="Classes">The number of classes of each label; the data gives a whole number 0 … classes − 1 for each.</param>
    public sealed record Labels(ValueList<int> Classes) : Condition
    {
        /// <summary>The same with other parts.</summary>
        public Labels With(ValueList<int>? classes = null) => new(classes ?? Classes);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Labels(this);
    }

    /// <summary>A vector of finite real values.</summary>
    /// <param name="Width">The length of the vector; ≥ 1.</param>
    public sealed record Vector(int Width) : Condition
    {
        /// <summary>The same with other parts.</summary>
        public Vector With(int? width = null) => new(width ?? Width);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Vector(this);
    }

    /// <summary>
    /// The observed quadrants of the image x itself, as an image with zeros elsewhere; the likelihood counts the other
    /// quadrants only, so the model is of what is not seen given what is; Sohn et al. 2015, section 5.1.
    /// </summary>
    /// <param name="Observed">1: the lower left quadrant; 2: the left half; 3: all but the lower right quadrant.</param>
    public sealed record Quadrants(int Observed) : Condition
    {
        /// <summary>The same with other parts.</summary>
        public Quadrants With(int? observed = null) => new(observed ?? Observed);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Quadrants(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<None, TResult> none, Func<Label, TResult> label, Func<Labels, TResult> labels,
        Func<Vector, TResult> vector, Func<Quadrants, TResult> quadrants) =>
        Accept(new Cases<TResult>(none, label, labels, vector, quadrants));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<None, TResult> None, Func<Label, TResult> Label, Func<Labels, TResult> Labels,
        Func<Vector, TResult> Vector, Func<Quadrants, TResult> Quadrants);
}
