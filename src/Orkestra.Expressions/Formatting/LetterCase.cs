namespace Orkestra.Expressions.Formatting;

/// <summary>How letters of a formatted number or name are written.</summary>
internal enum LetterCase
{
    Lower,
    Upper,
    Title,
}
