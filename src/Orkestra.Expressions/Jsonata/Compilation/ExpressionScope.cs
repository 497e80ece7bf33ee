using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Compilation;

/// <summary>
/// The variables a part of an expression may bind, each with its slot in the <see cref="VariableFrame"/> that the part gets when it is evaluated. A part that binds none gets
/// no frame.
/// </summary>
/// <param name="outer">The scope around it.</param>
/// <param name="labels">For the scope of tuples: the labels of the whole expression, whose slots come first.</param>
internal sealed class ExpressionScope(ExpressionScope? outer, IReadOnlyList<string>? labels = null)
{
    // Most scopes bind nothing.
    List<string>? names = labels is null ? null : [.. labels];

    internal ExpressionScope? Outer { get; } = outer;

    /// <summary>How many slots a frame of it has.</summary>
    internal int Count => names?.Count ?? 0;

    /// <summary>The root always has a frame: it holds the evaluation.</summary>
    internal bool HasFrame => Outer is null || Count > 0;

    internal int Declare(string name)
    {
        var at = IndexOf(name);
        if (at >= 0) return at;
        names ??= [];
        names.Add(name);
        return names.Count - 1;
    }

    /// <summary>The places a variable read in this scope may be bound at, from the inside out. Only known when the whole expression is compiled.</summary>
    internal Place[] Find(string name)
    {
        List<Place>? places = null;
        var up = 0;
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            var at = scope.IndexOf(name);
            if (at >= 0) (places ??= []).Add(new Place(up, at));
            if (scope.HasFrame) up++;
        }

        return places is null ? [] : [.. places];
    }

    int IndexOf(string name) => names?.IndexOf(name) ?? -1;

    /// <summary>A frame with what a tuple binds.</summary>
    internal VariableFrame FrameOf(TupleValue? tuple, VariableFrame frame)
    {
        var bound = tuple?.Slots;
        if (bound is not null && bound.Length == Count) return new VariableFrame(frame, bound, this);
        var slots = new JsonValue?[Count];
        bound?.CopyTo(slots, 0);
        return new VariableFrame(frame, slots, this);
    }
}
