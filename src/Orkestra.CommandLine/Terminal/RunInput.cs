using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Lambda;

namespace Orkestra.CommandLine.Terminal;

/// <summary>Reads the input of a run and refuses an input that the workflow cannot read.</summary>
internal static class RunInput
{
    public static JsonValue Read(string? argument, Workflow workflow, Func<Stream> standardInput)
    {
        if (argument is null && NeedsInput(workflow)) throw new UsageException($"{workflow.Name} needs an input: pass a file, JSON text or - for standard input with run --input.");
        var input = argument is not null ? Parse(argument, standardInput) : workflow.InputType == typeof(Nothing) ? JsonObject.Empty : JsonValue.Null;
        if (input.Utf8Length > ExecutionQuotas.Aws.MaxPayloadBytes)
            throw new UsageException($"The input has {input.Utf8Length} bytes, and an execution takes at most {ExecutionQuotas.Aws.MaxPayloadBytes}: give it a reference to the data instead.");
        try
        {
            workflow.CheckInput(input);
        }
        catch (PayloadException exception)
        {
            throw new UsageException($"The input does not fit {workflow.Name}. {exception.Message}");
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

    static JsonValue Parse(string argument, Func<Stream> standardInput)
    {
        if (argument == "-") return Parse(ReadToEnd(standardInput), "Standard input");
        if (IsJson(argument)) return Parse(Encoding.UTF8.GetBytes(argument), "The input");
        byte[] text;
        try
        {
            text = File.ReadAllBytes(argument);
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

    // Text that starts like JSON is read as JSON, unless a file has that name, so that its mistakes can be reported.
    static bool IsJson(string argument)
    {
        var text = argument.AsSpan().TrimStart();
        if (text.IsEmpty || File.Exists(argument)) return text.IsEmpty;
        return text[0] is '{' or '[' or '"' or '-' || char.IsAsciiDigit(text[0]) || text.TrimEnd() is "true" or "false" or "null";
    }

    static byte[] ReadToEnd(Func<Stream> open)
    {
        using var input = open();
        using var text = new MemoryStream();
        input.CopyTo(text);
        return text.ToArray();
    }

    static JsonValue Parse(byte[] text, string what)
    {
        // A file in UTF-16 says so, as those of Windows shells do.
        if (text is [0xFF, 0xFE, ..]) text = Encoding.Convert(Encoding.Unicode, Encoding.UTF8, text[2..]);
        else if (text is [0xFE, 0xFF, ..]) text = Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, text[2..]);
        try
        {
            if (text.AsSpan().Trim(" \t\r\n"u8).IsEmpty) throw new UsageException($"{what} is empty: give it a JSON value, such as {{}}.");
            var input = Utf8Payload.Parse(text);
            CheckNames(text, what);
            return input;
        }
        catch (JsonFormatException exception)
        {
            // The reader of .NET proposes options that a command line doesn't have.
            var why = exception.Message.Contains("trailing comma", StringComparison.Ordinal) ? "There is a comma before the end of an object or an array. Remove it." : exception.Message;
            throw new UsageException($"{what} is not JSON, at line {exception.Line}, column {exception.Column}: {why}");
        }
    }

    // The parser takes the last of duplicate members, which is rarely what was meant.
    static void CheckNames(byte[] text, string what)
    {
        var reader = new Utf8JsonReader(text.AsSpan().StartsWith("\uFEFF"u8) ? text.AsSpan(3) : text, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var names = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    names.Push(new(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    names.Pop();
                    break;
                case JsonTokenType.PropertyName when !reader.ValueIsEscaped && Encoding.UTF8.GetString(reader.ValueSpan) is var name && !names.Peek().Add(name):
                    throw new UsageException($"{what} has the member '{name}' twice in one object: remove one of them.");
            }
        }
    }
}
