using System.Text;
using System.Threading.Channels;

namespace Orkestra.Cli.Tests;

/// <summary>Gives what is written line by line, as it comes.</summary>
sealed class LineWriter : TextWriter
{
    readonly Channel<string> lines = Channel.CreateUnbounded<string>();

    public override Encoding Encoding => Encoding.UTF8;

    internal ValueTask<string> NextAsync(CancellationToken cancellationToken = default) => lines.Reader.ReadAsync(cancellationToken);

    public override void WriteLine(string? value) => lines.Writer.TryWrite(value ?? "");

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }
}
