using System.Text.Json.Serialization;

namespace Orkestra.Authoring;

/// <summary>
/// What a handler given to <see cref="Flow{TIn, TOut}.Catch{TException}(IFlow{Caught{TIn}, TOut})"/> receives: the input of the flow that failed, and the error. It travels as
/// <c>{"Input": …, "Failure": {"Error": …, "Cause": …}}</c>. Immutable, so it can be shared between threads if the input can.
/// </summary>
/// <typeparam name="T">The input of the flow that failed.</typeparam>
/// <param name="Input">The input of the flow that failed.</param>
/// <param name="Failure">The error.</param>
public sealed record Caught<T>([property: JsonPropertyName("Input")] T Input, [property: JsonPropertyName("Failure")] Failure Failure);
