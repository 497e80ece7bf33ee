using System.Text;

namespace Orkestra.Authoring.Lowering;

/// <summary>Gives JSONata variables names that hide no function, no variable of the state machine and none of each other.</summary>
internal sealed class Names
{
    // A variable of this name would hide the function of this name from the expression inside.
    static readonly HashSet<string> Functions =
    [
        "abs", "append", "assert", "average", "base64decode", "base64encode", "boolean", "ceil", "clone", "contains", "count", "decodeUrl",
        "decodeUrlComponent", "distinct", "each", "encodeUrl", "encodeUrlComponent", "error", "eval", "exists", "filter", "floor", "formatBase",
        "formatInteger", "formatNumber", "fromMillis", "hash", "join", "keys", "length", "lookup", "lowercase", "map", "match", "max", "merge",
        "millis", "min", "not", "now", "number", "pad", "parse", "parseInteger", "partition", "power", "random", "range", "reduce", "replace",
        "reverse", "round", "shuffle", "sift", "single", "sort", "split", "spread", "sqrt", "states", "string", "substring", "substringAfter",
        "substringBefore", "sum", "toMillis", "trim", "type", "uppercase", "uuid", "zip",
    ];

    readonly HashSet<string> taken = [];

    /// <summary>Keeps the variables that the given expressions start with.</summary>
    public Names(IEnumerable<string> expressions)
    {
        foreach (var expression in expressions)
        {
            if (!expression.StartsWith('$')) continue;
            var end = 1;
            while (end < expression.Length && (char.IsLetterOrDigit(expression[end]) || expression[end] == '_')) end++;
            taken.Add(expression[1..end]);
        }
    }

    /// <summary>Takes a name, with its dollar sign, until <see cref="Release"/>.</summary>
    public string Take(string? wanted)
    {
        var name = Sanitised(wanted);
        var free = name;
        for (var i = 1; Functions.Contains(free) || !taken.Add(free); i++) free = $"{name}{i}";
        return $"${free}";
    }

    public void Release(string variable) => taken.Remove(variable[1..]);

    static string Sanitised(string? wanted)
    {
        // What the compiler names itself (<>h__TransparentIdentifier0) stands for the row of a query.
        if (string.IsNullOrEmpty(wanted) || wanted.StartsWith('<')) return "row";
        var name = new StringBuilder(wanted.Length);
        foreach (var c in wanted)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_') name.Append(c);
        }

        return name.Length == 0 ? "value" : name.ToString();
    }
}
