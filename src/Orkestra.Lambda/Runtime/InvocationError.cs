using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orkestra.Authoring.Functions;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Lambda.Runtime;

/// <summary>
/// An error as a Lambda function reports it. Step Functions takes <see cref="Type"/> as the name that a Catch or Retry matches, and
/// the whole object, written as JSON, as the cause.
/// </summary>
/// <param name="Type">The name: for an exception the name of its type, without the namespace.</param>
/// <param name="Message">One sentence for a reader.</param>
/// <param name="StackTrace">The .NET stack, one frame an element; empty when there is none.</param>
/// <param name="Cause">The inner error, or null.</param>
internal sealed record InvocationError(string Type, string Message, IReadOnlyList<string> StackTrace, InvocationError? Cause = null)
{
    // Step Functions keeps 32,768 characters of a cause; a deep recursion must not push the message out of them.
    const int MaxFrames = 64;
    const int MaxDepth = 8;
    const int MaxMessage = 8 * 1024;
    const int MaxFrame = 1024;

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Makes an error without a stack.</summary>
    public InvocationError(string type, string message)
        : this(type, message, [])
    {
    }

    /// <summary>The full name of the exception's type, when <see cref="Type"/> is another name that a Catch or Retry knows it by; else null.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>The properties of the exception that handlers of the workflow read; null for none.</summary>
    public JsonObject? Data { get; init; }

    /// <summary>Describes an exception: its name, its message, its stack, and the same of its inner exception.</summary>
    public static InvocationError From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return From(exception, 0);
    }

    /// <summary>Describes the exception of a step, under the name that its workflow knows it by.</summary>
    public static InvocationError From(FunctionError found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var error = From(found.Exception, 0) with { Data = found.Data };
        return found.Name == error.Type ? error : error with { Type = found.Name, ExceptionType = found.Exception.GetType().FullName ?? found.Exception.GetType().Name };
    }

    /// <summary>The name an exception's type gives its error: the type's own, without the namespace.</summary>
    public static string NameOf(Type exceptionType)
    {
        ArgumentNullException.ThrowIfNull(exceptionType);
        return exceptionType.Name;
    }

    /// <summary>Writes the error as UTF-8 JSON: <c>errorType</c>, <c>errorMessage</c>, <c>stackTrace</c>, <c>cause</c>.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var writer = new Utf8JsonWriter(output, Options);
        Write(writer);
    }

    static InvocationError From(Exception exception, int depth) => new(
        NameOf(exception.GetType()),
        ExceptionText.MessageOf(exception),
        Frames(ExceptionText.StackTraceOf(exception)),
        exception.InnerException is { } inner && depth < MaxDepth ? From(inner, depth + 1) : null);

    static string[] Frames(string? stackTrace)
    {
        if (string.IsNullOrEmpty(stackTrace))
            return [];
        var frames = stackTrace.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return frames.Length <= MaxFrames ? frames : [.. frames[..(MaxFrames / 2)], $"… {frames.Length - MaxFrames} more", .. frames[^(MaxFrames / 2)..]];
    }

    static string Short(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length), "…");

    void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType"u8, Type);
        writer.WriteString("errorMessage"u8, Short(Message, MaxMessage));
        if (ExceptionType is not null)
            writer.WriteString("exceptionType"u8, ExceptionType);
        if (Data is not null)
        {
            writer.WritePropertyName("errorData"u8);
            writer.WriteRawValue(Data.ToJson());
        }

        if (StackTrace.Count > 0)
        {
            writer.WriteStartArray("stackTrace"u8);
            foreach (var frame in StackTrace)
                writer.WriteStringValue(Short(frame, MaxFrame));
            writer.WriteEndArray();
        }

        if (Cause is not null)
        {
            writer.WritePropertyName("cause"u8);
            Cause.Write(writer);
        }

        writer.WriteEndObject();
    }
}
