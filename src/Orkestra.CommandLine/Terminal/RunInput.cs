using System.Text.Json.Serialization.Metadata;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.CommandLine.Terminal;

/// <summary>Reads the input of a run and refuses one the workflow cannot read.</summary>
internal static class RunInput
{
    public static JsonValue Read(string? argument, Workflow workflow)
    {
        if (argument is null && NeedsInput(workflow)) throw new UsageException($"{workflow.Name} needs an input: give it with run --input, a file or JSON text.");
        var input = argument is not null ? Parse(argument) : workflow.InputType == typeof(Nothing) ? JsonObject.Empty : JsonValue.Null;
        if (input.Utf8Length > ExecutionQuotas.Aws.MaxPayloadBytes)
            throw new UsageException($"The input has {input.Utf8Length} bytes, and an execution takes at most {ExecutionQuotas.Aws.MaxPayloadBytes}: give it a reference to the data instead.");
        try
        {
            workflow.CheckInput(input);
        }
        catch (PayloadException exception)
        {
            throw new UsageException($"The input does not suit {workflow.Name}. {exception.Message}");
        }

        return input;
    }

    // An execution that is started without an input has {}, here and in the cloud. Texts may do without (string? is string to the runtime), objects and arrays
    // may not: the first step would only meet a null.
    static bool NeedsInput(Workflow workflow)
    {
        var type = workflow.InputType;
        if (type == typeof(Nothing) || type == typeof(object)) return false;
        if (type.IsValueType) return Nullable.GetUnderlyingType(type) is null;
        return workflow.Compile().Serializer.Options.GetTypeInfo(type).Kind != JsonTypeInfoKind.None;
    }

    static JsonValue Parse(string argument)
    {
        if (IsJson(argument)) return Parse(argument, "The input");
        string text;
        try
        {
            text = File.ReadAllText(argument);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no file '{argument}', and it is not JSON text either: give --input an existing file or JSON.");
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(argument))
        {
            throw new UsageException($"'{argument}' is a folder: give --input a file or JSON.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"The file '{argument}' cannot be read: {exception.Message}");
        }

        return Parse(text, $"The file '{argument}'");
    }

    // What begins like JSON is meant as JSON, unless a file has that very name; only then can its mistakes be told.
    static bool IsJson(string argument)
    {
        var text = argument.AsSpan().TrimStart();
        if (text.IsEmpty || File.Exists(argument)) return text.IsEmpty;
        return text[0] is '{' or '[' or '"' or '-' || char.IsAsciiDigit(text[0]) || text.TrimEnd() is "true" or "false" or "null";
    }

    static JsonValue Parse(string text, string what)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? throw new UsageException($"{what} is empty: give it a JSON value, such as {{}}.") : JsonValue.Parse(text);
        }
        catch (JsonFormatException exception)
        {
            throw new UsageException($"{what} is not JSON, at line {exception.Line}, column {exception.Column}: {exception.Message}");
        }
    }
}
