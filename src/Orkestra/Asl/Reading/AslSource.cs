using System.Text;
using System.Text.Json;
using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Reading;

/// <summary>The text of a document, its values with their positions, and the problems found so far.</summary>
internal sealed class AslSource
{
    readonly byte[] utf8;
    readonly List<(int Offset, Diagnostic Diagnostic)> problems = [];
    int[]? lines;

    AslSource(byte[] utf8) => this.utf8 = utf8;

    /// <summary>The document as a value; null when the text is not JSON.</summary>
    internal SourceNode? Root { get; private set; }

    /// <summary>The text.</summary>
    internal string Text => Encoding.UTF8.GetString(utf8);

    internal static AslSource Parse(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.StartsWith("\uFEFF"u8)) utf8Json = utf8Json[3..];
        var source = new AslSource(utf8Json.ToArray());
        try
        {
            source.Root = SourceParser.Parse(source.utf8, source);
        }
        catch (JsonException problem)
        {
            var offset = source.OffsetOf((int)(problem.LineNumber ?? 0), (int)(problem.BytePositionInLine ?? 0));
            source.Error("INVALID_JSON_DESCRIPTION", SourceParser.Describe(problem), offset, null);
        }
        catch (InsufficientExecutionStackException)
        {
            source.Error("TOO_DEEPLY_NESTED", "The text nests too deep to be read on this thread's stack.", 0, "/");
        }

        return source;
    }

    internal StateMachine? ReadDocument()
    {
        if (Root is null) return null;
        if (Root.Kind != JsonKind.Object)
        {
            Error("WRONG_TYPE", $"A document is an object, not {Words.For(Root.Kind)}.", Root.Offset, "/");
            return null;
        }

        return GraphReader.StateMachine(new ElementReader(this, Root, ""));
    }

    internal State? ReadState() => Root is null ? null : StateReader.Read(this, Root, "");

    internal void Error(string id, string message, int offset, string? location) => Report(DiagnosticSeverity.Error, id, message, offset, location);

    internal void Report(DiagnosticSeverity severity, string id, string message, int offset, string? location)
    {
        var (line, column) = PositionOf(offset);
        problems.Add((offset, new Diagnostic(id, severity, message, line, column, location is "" ? "/" : location)));
    }

    internal EquatableList<Diagnostic> Diagnostics() =>
        EquatableList.Create(problems.OrderBy(problem => problem.Offset).Select(problem => problem.Diagnostic));

    /// <summary>Line and column of a byte, both from 1; the column in UTF-16 units.</summary>
    internal (int Line, int Column) PositionOf(int offset)
    {
        lines ??= FindLines();
        offset = Math.Clamp(offset, 0, utf8.Length);
        var line = Array.BinarySearch(lines, offset);
        if (line < 0) line = ~line - 1;
        return (line + 1, Encoding.UTF8.GetCharCount(utf8.AsSpan(lines[line], offset - lines[line])) + 1);
    }

    int OffsetOf(int line, int byteInLine)
    {
        lines ??= FindLines();
        return line < lines.Length ? lines[line] + byteInLine : utf8.Length;
    }

    int[] FindLines()
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] == (byte)'\n') starts.Add(i + 1);
        }

        return [.. starts];
    }
}
