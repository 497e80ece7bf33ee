using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestra.Authoring.Payloads;

namespace Orkestra.Authoring;

/// <summary>
/// The error a state ended with, as the Amazon States Language reports it (https://states-language.net/spec.html#errors). It is the input of a flow given to
/// <see cref="Flow{TIn, TOut}.Catch{TException}(IFlow{Failure, TOut})"/>.
/// </summary>
/// <param name="Error">The error's name: the type name of an exception (<c>InvalidOperationException</c>) or a name of the language (<c>States.Timeout</c>).</param>
/// <param name="Cause">What is known about it: for an exception a JSON text with <c>errorType</c>, <c>errorMessage</c> and <c>stackTrace</c>.</param>
[JsonConverter(typeof(FailureConverter))]
public sealed record Failure(string Error, string? Cause = null)
{
    /// <summary>The exception's message when <see cref="Cause"/> has one, else <see cref="Cause"/> itself, else the empty text.</summary>
    public string Message => MessageOf(Cause);

    internal static string MessageOf(string? cause)
    {
        if (cause is null) return "";
        if (!cause.StartsWith('{')) return cause;
        try
        {
            using var document = JsonDocument.Parse(cause);
            return document.RootElement.TryGetProperty("errorMessage", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString()! : cause;
        }
        catch (JsonException)
        {
            return cause;
        }
    }
}
