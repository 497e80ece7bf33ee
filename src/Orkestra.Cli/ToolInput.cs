using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli;

/// <summary>Reads what arguments name: a file, or <c>-</c> for standard input.</summary>
internal static class ToolInput
{
    internal const string Standard = "-";

    /// <summary>The text of a file or of standard input.</summary>
    /// <exception cref="ToolException">It cannot be read.</exception>
    internal static string Text(string file, ToolStreams streams)
    {
        try
        {
            if (file != Standard) return File.ReadAllText(file);
            using var reader = new StreamReader(streams.Input(), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException($"There is no file '{file}'.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ToolException($"'{file}' cannot be read: {problem.Message}");
        }
    }

    /// <summary>JSON: as text when it begins like JSON, otherwise from a file or standard input.</summary>
    /// <exception cref="ToolException">It cannot be read, or is not JSON.</exception>
    internal static JsonValue Json(string argument, ToolStreams streams)
    {
        var isFile = argument == Standard || File.Exists(argument);
        var text = isFile ? Text(argument, streams) : argument;
        try
        {
            return JsonValue.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonFormatException problem)
        {
            throw new ToolException(isFile
                ? $"{(argument == Standard ? "Standard input" : $"'{argument}'")} is not JSON (line {problem.Line}, column {problem.Column}): {problem.Message}"
                : $"'{argument}' is neither a file nor JSON.");
        }
    }
}
