using System.Globalization;

namespace Vae.Torch;

/// <summary>
/// Parses the header of a .npy file, a Python dictionary such as {'descr': '|u1', 'fortran_order': False, 'shape': (3, 4), }.
/// Nothing is evaluated.
/// </summary>
internal sealed class NpyHeader(string text, string path)
{
    private int at;

    public (string Dtype, bool Fortran, int[] Shape) Parse()
    {
        var (dtype, order, shape) = ("", "", default(int[]));
        Items('{', '}', () =>
        {
            var key = Quoted();
            Expect(':');
            if (key == "descr" && dtype.Length == 0)
                dtype = Quoted();
            else if (key == "fortran_order" && order.Length == 0)
                order = Word();
            else if (key == "shape" && shape is null)
                shape = Tuple();
            else
                throw Wrong($"the keys descr, fortran_order and shape once each, got {key}");
        });
        if (text[at..].Trim().Length > 0 || dtype.Length == 0 || shape is null)
            throw Wrong("descr, fortran_order and shape, and nothing after");
        return order is "False" or "True" ? (dtype, order == "True", shape) : throw Wrong($"fortran_order False or True, got '{order}'");
    }

    private int[] Tuple()
    {
        var dims = new List<int>();
        Items('(', ')', () =>
        {
            var word = Word();
            dims.Add(int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var dim)
                ? dim : throw Wrong($"a shape of whole numbers, got '{word}'"));
        });
        return [.. dims];
    }

    /// <summary>Parses items between brackets, separated by commas; a trailing comma is allowed.</summary>
    private void Items(char open, char close, Action item)
    {
        Expect(open);
        while (!Accept(close))
        {
            item();
            if (Accept(','))
                continue;
            Expect(close);
            return;
        }
    }

    private string Quoted()
    {
        Skip();
        var quote = at < text.Length ? text[at] : '\0';
        var end = quote is '\'' or '"' ? text.IndexOf(quote, at + 1) : -1;
        if (end < 0)
            throw Wrong("a quoted word");
        var word = text[(at + 1)..end];
        at = end + 1;
        return word;
    }

    private string Word()
    {
        Skip();
        var start = at;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at]))
            at++;
        return text[start..at];
    }

    private bool Accept(char c)
    {
        Skip();
        if (at >= text.Length || text[at] != c)
            return false;
        at++;
        return true;
    }

    private void Expect(char c)
    {
        if (!Accept(c))
            throw Wrong($"'{c}'");
    }

    private void Skip()
    {
        while (at < text.Length && text[at] is ' ' or '\n')
            at++;
    }

    private VaeException Wrong(string rule) => new($"{path}: must have a .npy header with {rule}, at character {at} of: {text.Trim()}");
}
