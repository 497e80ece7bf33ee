using System.Text;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Authoring.Lowering;

/// <summary>Gives JSONata variables names that don't hide a function, a variable of the state machine or each other.</summary>
internal sealed class VariableNames
{
    readonly HashSet<string> taken = [];

    /// <summary>Keeps the variables that the given expressions start with.</summary>
    public VariableNames(IEnumerable<string> expressions)
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
        // A variable of the name of a function would hide the function from the expression inside.
        for (var i = 1; free == "states" || Jsonata.IsFunction(free) || !taken.Add(free); i++) free = $"{name}{i}";
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
