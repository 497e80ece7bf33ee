using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Reading;

/// <summary>The text of a document, its values with their positions, and the problems found so far.</summary>
internal sealed class AslSource
{
    // Beyond this many problems a person no longer reads them, and a hostile text could make one of every few bytes.
    const int MostProblems = 1000;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly byte[] utf8;
    readonly List<(int Offset, Diagnostic Diagnostic)> problems = [];
    int[]? lines;
    (int Line, int Offset, int Column) lastPosition;

    AslSource(byte[] utf8) => this.utf8 = utf8;

    /// <summary>The document as a value; null when the text is not JSON.</summary>
    internal SourceNode? Root { get; private set; }

    /// <summary>The text.</summary>
    internal string Text => Encoding.UTF8.GetString(utf8);

    internal static AslSource Parse(string json)
    {
        if (json.Length > AslReader.MaxBytes) return TooLarge(Encoding.UTF8.GetByteCount(json));
        try
        {
            return Parse(Strict.GetBytes(json));
        }
        catch (EncoderFallbackException problem)
        {
            return NotUnicode(Encoding.UTF8.GetBytes(json), Encoding.UTF8.GetByteCount(json.AsSpan(0, problem.Index)));
        }
    }

    internal static AslSource Parse(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.StartsWith("\uFEFF"u8)) utf8Json = utf8Json[3..];
        if (utf8Json.Length > AslReader.MaxBytes) return TooLarge(utf8Json.Length);
        if (!Utf8.IsValid(utf8Json)) return NotUnicode(utf8Json.ToArray(), FirstInvalid(utf8Json));
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
        if (problems.Count > MostProblems) return;
        var (line, column) = PositionOf(offset);
        problems.Add((offset, problems.Count < MostProblems
            ? new Diagnostic(id, severity, message, line, column, location is "" ? "/" : location)
            : new Diagnostic("TOO_MANY_PROBLEMS", DiagnosticSeverity.Error, $"The text has more than {MostProblems} problems; the others are not listed.", line, column, null)));
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
        // Positions are mostly asked for in the order of the text: counting goes on from the last one, so a document on one line is not counted anew each time.
        var (start, before) = lastPosition.Line == line && lastPosition.Offset >= lines[line] && lastPosition.Offset <= offset ? (lastPosition.Offset, lastPosition.Column) : (lines[line], 0);
        var column = before + Encoding.UTF8.GetCharCount(utf8.AsSpan(start, offset - start));
        lastPosition = (line, offset, column);
        return (line + 1, column + 1);
    }

    static AslSource TooLarge(int size)
    {
        var source = new AslSource([]);
        source.Error("DOCUMENT_TOO_LARGE", $"The document has {size} bytes, more than the {AslReader.MaxBytes} that a state machine's definition may have.", 0, null);
        return source;
    }

    static AslSource NotUnicode(byte[] utf8, int offset)
    {
        var source = new AslSource(utf8);
        source.Error("INVALID_UTF8", $"The text is not valid UTF-8 at byte {offset}. Save the definition as UTF-8.", offset, null);
        return source;
    }

    static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var offset = 0;
        while (offset < utf8.Length && Rune.DecodeFromUtf8(utf8[offset..], out _, out var length) == OperationStatus.Done) offset += length;
        return offset;
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
