using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>A function as a value. It lives inside an evaluation only and never in a result.</summary>
internal abstract class FunctionValue : JsonValue
{
    /// <summary>The kind of a function: none of JSON's.</summary>
    internal const JsonKind FunctionKind = (JsonKind)100;

    public override JsonKind Kind => FunctionKind;

    public override int Utf8Length => 2;

    /// <summary>How many arguments functions like <c>$map</c> give it.</summary>
    internal abstract int Arity { get; }

    /// <summary>Calls the function.</summary>
    /// <param name="run">The evaluation.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="context">The context value at the call.</param>
    /// <returns>The result, which may be a <see cref="Sequence"/> that is not yet unwrapped.</returns>
    internal abstract JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context);

    public override bool Equals([NotNullWhen(true)] JsonValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
