using System.Diagnostics.CodeAnalysis;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>
/// The workflow variables one graph sees: its own and, read-only, those of the graphs around it
/// (https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html). Immutable, so an inner graph keeps what it saw when it began.
/// </summary>
internal sealed class VariableScope
{
    readonly VariableScope? outer;
    readonly JsonObject own;
    JsonObject? all;

    VariableScope(VariableScope? outer, JsonObject own)
    {
        this.outer = outer;
        this.own = own;
    }

    internal static VariableScope Empty { get; } = new(null, JsonObject.Empty);

    /// <summary>Whether there is no variable, neither here nor outside.</summary>
    internal bool IsEmpty => own.Count == 0 && outer is null;

    /// <summary>How many bytes of UTF-8 JSON the graph's own variables have.</summary>
    internal long OwnBytes => own.Count == 0 ? 0 : own.Utf8Length;

    /// <summary>The scope of a graph inside the one that has this scope.</summary>
    internal VariableScope Inner() => own.Count == 0 ? this : new VariableScope(this, JsonObject.Empty);

    internal bool TryGet(string name, [MaybeNullWhen(false)] out JsonValue value)
    {
        for (var scope = this; scope is not null; scope = scope.outer)
        {
            if (scope.own.TryGetValue(name, out value)) return true;
        }

        value = null;
        return false;
    }

    /// <summary>This scope with variables set.</summary>
    internal VariableScope With(JsonObject assigned)
    {
        if (own.Count == 0) return new VariableScope(outer, assigned);
        var merged = new JsonObject.Builder(own.Count + assigned.Count);
        foreach (var (name, value) in own) merged.Set(name, value);
        foreach (var (name, value) in assigned) merged.Set(name, value);
        return new VariableScope(outer, merged.Build());
    }

    /// <summary>All variables by name, inner ones first.</summary>
    internal JsonObject ToJson()
    {
        if (outer is null) return own;
        if (all is not null) return all;
        var merged = new JsonObject.Builder();
        foreach (var (name, value) in outer.ToJson()) merged.Set(name, value);
        foreach (var (name, value) in own) merged.Set(name, value);
        return all = merged.Build();
    }
}
