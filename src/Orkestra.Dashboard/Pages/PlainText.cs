using System.Text;

namespace Orkestra.Dashboard.Pages;

/// <summary>Text that cannot change how the text around it is read: what is not seen, or turns the direction, becomes an escape.</summary>
internal static class PlainText
{
    internal static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0000', '\u001F') && !text.AsSpan().ContainsAnyInRange('\u007F', '\u009F') && !text.AsSpan().ContainsAnyInRange('\u200B', '\u206F')
            && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\uFEFF', StringComparison.Ordinal) && !text.Contains('\u061C', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isHidden = rune.Value is < ' ' and not ('\n' or '\t') or >= 0x7F and <= 0x9F or 0x61C or 0xFEFF or >= 0x200B and <= 0x200F or >= 0x202A and <= 0x202E or >= 0x2060 and <= 0x206F;
            if (isHidden) plain.Append("\\u").Append(rune.Value.ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
            else plain.Append(rune.ToString());
        }

        return plain.ToString();
    }
}
