using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;

namespace Orkestra.Deployment.Permissions;

/// <summary>What is known about the arguments of a task before it runs: its constants, with placeholders filled in.</summary>
internal sealed partial class ArgumentText
{
    readonly JsonObject arguments;
    readonly IReadOnlyDictionary<string, string> substitutions;

    /// <param name="arguments">The task's <c>Arguments</c> or <c>Parameters</c>; null for none.</param>
    /// <param name="substitutions">What placeholders stand for.</param>
    public ArgumentText(JsonValue? arguments, IReadOnlyDictionary<string, string> substitutions)
    {
        // Arguments that are one expression are not known at all.
        IsDynamic = arguments is not null and not JsonObject;
        this.arguments = arguments as JsonObject ?? JsonObject.Empty;
        this.substitutions = substitutions;
    }

    bool IsDynamic { get; }

    /// <summary>The text of an argument; null when it is computed.</summary>
    /// <param name="name">The argument.</param>
    /// <param name="whenAbsent">What it is when it is not given; null for nothing that is known.</param>
    public string? this[string name, string? whenAbsent = null]
    {
        get
        {
            if (arguments[name] is not { } value) return IsDynamic || arguments[$"{name}.$"] is not null ? null : whenAbsent;
            return Constant(value);
        }
    }

    /// <summary>Whether an argument is given, constant or computed.</summary>
    public bool Has(string name) => IsDynamic || arguments[name] is not null || arguments[$"{name}.$"] is not null;

    /// <summary>An argument that is an object.</summary>
    public ArgumentText Inside(string name) => new(arguments[name] ?? (Has(name) ? JsonValue.Null : null), substitutions);

    /// <summary>The objects of an argument that is an array; null when it is computed.</summary>
    public IReadOnlyList<ArgumentText>? List(string name) => arguments[name] is JsonArray items ? [.. items.Select(item => new ArgumentText(item, substitutions))] : null;

    /// <summary>A text that is a constant, with placeholders filled in; null for anything else.</summary>
    string? Constant(JsonValue value)
    {
        if (value is not JsonString { Value: var text } || text.StartsWith("{%", StringComparison.Ordinal)) return null;
        return Placeholder().Replace(text, match => substitutions.TryGetValue(match.Groups["name"].Value, out var known) ? known : match.Value);
    }

    /// <summary>A placeholder of a definition, such as <c>${Table}</c>. A token of the CDK, <c>${Token[…]}</c>, does not match.</summary>
    [GeneratedRegex(@"\$\{(?<name>[A-Za-z0-9_]+)\}", RegexOptions.CultureInvariant)]
    internal static partial Regex Placeholder();
}
