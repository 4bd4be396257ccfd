namespace Vae;

public abstract partial record Layer
{
    /// <summary>A layer defined by an application.</summary>
    /// <param name="Definition">Its operation. A file keeps its name and its settings.</param>
    public sealed partial record Custom(ILayer Definition) : Layer
    {
        internal override string Name => Definition.Name;

        internal override bool CouplesExamples => Definition.CouplesExamples;

        internal override ValueList<Problem> Problems(string path) =>
            Rules.Run(path, () => [.. Rules.Part(path, Definition), .. Definition.Problems(path)]);

        internal override Validated<Shape> Output(Shape input, string path)
        {
            Validated<Shape> given = Refused(path, "must return its output shape", "none");
            var problems = Rules.Run(path, () => (given = Definition.Output(input, path)).Match(
                output => Rules.Shape(path, output), problems => problems));
            return problems.Count > 0 ? new Validated<Shape>.Invalid(problems) : given;
        }

        internal override ValueList<Parameter> Tensors(Shape input, string name) =>
            ValueList.From(Definition.Learned(input).Select(parameter => parameter.With(name: $"{name}.{parameter.Name}")));
    }
}

public static partial class Layers
{
    /// <summary>A layer defined by an application.</summary>
    /// <param name="definition">Its operation.</param>
    public static Layer Custom(ILayer definition) => new Layer.Custom(definition);
}
