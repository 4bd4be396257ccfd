using System.Text;

namespace Vae.Cli.Tests;

/// <summary>A terminal that keeps what a program writes: text wraps at the width, and the cursor moves as control sequences ask.</summary>
internal sealed class Screen(int width) : StringWriter
{
    /// <summary>The rows from the top, without trailing spaces.</summary>
    public IReadOnlyList<string> Rows()
    {
        var rows = new List<StringBuilder> { new() };
        int row = 0, column = 0;
        var text = ToString();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\u001b')
            {
                var end = at + 1;
                while (!char.IsAsciiLetter(text[end]))
                    end++;
                var digits = text[(at + 2)..end];
                if (text[end] == 'A')
                    row = Math.Max(0,
                        row - (digits.Length == 0 ? 1 : int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture)));
                else if (text[end] == 'K')
                    rows[row].Clear();
                else
                    Assert.Contains(text[end], "mlh");
                at = end;
            }
            else if (text[at] == '\r')
                column = 0;
            else
            {
                // A terminal wraps when a character follows a full row, not when the row becomes full.
                if (text[at] == '\n' || column == width)
                    (row, column) = (row + 1, 0);
                while (rows.Count <= row)
                    rows.Add(new());
                if (text[at] != '\n')
                    Put(rows[row], column++, text[at]);
            }
        }
        return [.. rows.Select(line => line.ToString().TrimEnd())];
    }

    private static void Put(StringBuilder row, int column, char letter)
    {
        row.Append(' ', Math.Max(0, column + 1 - row.Length));
        row[column] = letter;
    }
}
