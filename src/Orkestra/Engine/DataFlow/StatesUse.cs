using System.Text.RegularExpressions;

namespace Orkestra.Engine.DataFlow;

/// <summary>What an expression does with <c>$states</c>.</summary>
internal static partial class StatesUse
{
    /// <summary>
    /// False only when every <c>$states</c> in the text is followed by <c>.input</c>, <c>.result</c> or <c>.errorOutput</c>: then nothing can reach the context.
    /// </summary>
    internal static bool MayReadContext(string expression) => Anything().Count(expression) != Harmless().Count(expression);

    [GeneratedRegex(@"\$states(?![A-Za-z0-9_])")]
    private static partial Regex Anything();

    [GeneratedRegex(@"\$states\s*\.\s*(?:input|result|errorOutput)(?![A-Za-z0-9_])")]
    private static partial Regex Harmless();
}
