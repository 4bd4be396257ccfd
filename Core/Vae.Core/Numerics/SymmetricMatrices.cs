namespace Vae;

/// <summary>The eigenvalues and eigenvectors of a symmetric matrix.</summary>
/// <param name="Values">D values, largest first.</param>
/// <param name="Vectors">[D, D]; column k is the eigenvector of value k; orthonormal.</param>
internal sealed partial record EigenDecomposition(ValueList<double> Values, NdArray Vectors);

/// <summary>
/// Functions of symmetric matrices [D, D] in O(D³), for the at most few hundred dimensions of latent and feature spaces. Only the entries
/// on and below the diagonal are read.
/// </summary>
internal static class SymmetricMatrices
{
    // Jacobi converges quadratically: matrices of a thousand rows need about ten sweeps.
    private const int MaxSweeps = 60;

    private const double Rounding = 2.3e-16;

    /// <summary>
    /// Eigenvalues and eigenvectors by Jacobi rotations, each of which zeroes one pair of entries; Golub &amp; Van Loan 2013, section
    /// 8.5.
    /// </summary>
    public static EigenDecomposition Eigen(NdArray matrix)
    {
        var size = SizeOf(matrix);
        double[] a = Mirrored(matrix, size), rows = Identity(size);
        var tolerance = Rounding * Rounding * a.Sum(value => value * value);
        for (var sweep = 0; sweep < MaxSweeps && OffDiagonal(a, size) > tolerance; sweep++)
            for (var p = 0; p < size; p++)
                for (var q = p + 1; q < size; q++)
                    if (a[p * size + q] != 0)
                        Clear(a, rows, p, q, size);
        var order = Enumerable.Range(0, size).OrderByDescending(k => a[k * size + k]).ToArray();
        var vectors = NdArray.FromValues([.. order.SelectMany(k => rows.AsSpan(k * size, size).ToArray())], size, size);
        return new(ValueList.From(order.Select(k => a[k * size + k])), NdArray.Transpose(vectors));
    }

    /// <summary>
    /// The symmetric square root of a positive semidefinite matrix. [D, D] → [D, D]; eigenvalues that rounding made negative count as 0.
    /// </summary>
    public static NdArray SquareRoot(NdArray matrix)
    {
        var (values, vectors) = Eigen(matrix);
        var roots = NdArray.FromValues([.. values.Select(value => Math.Sqrt(Math.Max(value, 0)))], 1, values.Count);
        return NdArray.MatMul(vectors * roots, NdArray.Transpose(vectors));
    }

    /// <summary>
    /// The lower triangular L with L Lᵀ = matrix; null if the matrix is singular to rounding or not positive definite; Golub &amp; Van
    /// Loan 2013, section 4.2.
    /// </summary>
    public static NdArray? Cholesky(NdArray matrix)
    {
        var size = SizeOf(matrix);
        var lower = matrix.ToArray();
        for (var j = 0; j < size; j++)
        {
            var min = lower[j * size + j] * Rounding * size;
            for (var i = j; i < size; i++)
            {
                for (var k = 0; k < j; k++)
                    lower[i * size + j] -= lower[i * size + k] * lower[j * size + k];
                if (i == j && !(lower[j * size + j] > min))
                    return null;
                lower[i * size + j] = i == j ? Math.Sqrt(lower[i * size + j]) : lower[i * size + j] / lower[j * size + j];
            }
            Array.Clear(lower, j * size + j + 1, size - j - 1);
        }
        return NdArray.FromValues(lower, size, size);
    }

    /// <summary>ln det of a positive definite matrix, by its Cholesky factor; −∞ if it has none.</summary>
    public static double LogDeterminant(NdArray matrix) => Cholesky(matrix) is { } lower
        ? 2 * lower.ToArray().Where((_, at) => at % (lower.Dims[0] + 1) == 0).Sum(Math.Log) : double.NegativeInfinity;

    /// <summary>The inverse of a lower triangular matrix without zeros on its diagonal.</summary>
    public static NdArray InverseOfLower(NdArray lower)
    {
        var size = SizeOf(lower);
        double[] l = lower.ToArray(), inverse = new double[size * size];
        for (var j = 0; j < size; j++)
            for (var i = j; i < size; i++)
            {
                var rest = i == j ? 1.0 : 0;
                for (var k = j; k < i; k++)
                    rest -= l[i * size + k] * inverse[k * size + j];
                inverse[i * size + j] = rest / l[i * (size + 1)];
            }
        return NdArray.FromValues(inverse, size, size);
    }

    /// <summary>
    /// The nearest symmetric matrix with eigenvalues of at least <paramref name="min"/> &gt; 0: the matrix itself if it meets that.
    /// </summary>
    public static NdArray Raised(NdArray matrix, double min)
    {
        var size = SizeOf(matrix);
        var symmetric = NdArray.FromValues(Mirrored(matrix, size), size, size);
        if (Cholesky(symmetric - min * NdArray.FromValues(Identity(size), size, size)) is not null)
            return symmetric;
        var (values, vectors) = Eigen(symmetric);
        var raised = NdArray.FromValues([.. values.Select(value => Math.Max(value, min))], 1, size);
        return NdArray.MatMul(vectors * raised, NdArray.Transpose(vectors));
    }

    private static int SizeOf(NdArray matrix) => matrix.Dims is [var rows, var columns] && rows == columns && rows > 0
        ? rows
        : throw new ArgumentException($"matrix: must be [D, D] with D ≥ 1, got [{string.Join(", ", matrix.Dims)}]", nameof(matrix));

    private static double[] Identity(int size)
    {
        var identity = new double[size * size];
        for (var k = 0; k < size; k++)
            identity[k * size + k] = 1;
        return identity;
    }

    private static double[] Mirrored(NdArray matrix, int size)
    {
        var values = matrix.ToArray();
        for (var i = 0; i < size; i++)
            for (var j = 0; j < i; j++)
                values[j * size + i] = values[i * size + j];
        return values;
    }

    private static double OffDiagonal(double[] a, int size)
    {
        var sum = 0.0;
        for (var p = 0; p < size; p++)
            for (var q = p + 1; q < size; q++)
                sum += 2 * a[p * size + q] * a[p * size + q];
        return sum;
    }

    // Of the two angles that zero a[p, q], the smaller one changes the other entries least.
    private static void Clear(double[] a, double[] rows, int p, int q, int size)
    {
        var theta = (a[q * size + q] - a[p * size + p]) / (2 * a[p * size + q]);
        var tan = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double cos = 1 / Math.Sqrt(tan * tan + 1), sin = tan * cos;
        for (var i = 0; i < size; i++)
        {
            double x = a[i * size + p], y = a[i * size + q];
            (a[i * size + p], a[i * size + q]) = (cos * x - sin * y, sin * x + cos * y);
        }
        Turn(a, p, q, cos, sin, size);
        Turn(rows, p, q, cos, sin, size);
    }

    private static void Turn(double[] a, int p, int q, double cos, double sin, int size)
    {
        Span<double> first = a.AsSpan(p * size, size), second = a.AsSpan(q * size, size);
        for (var i = 0; i < size; i++)
            (first[i], second[i]) = (cos * first[i] - sin * second[i], sin * first[i] + cos * second[i]);
    }
}
