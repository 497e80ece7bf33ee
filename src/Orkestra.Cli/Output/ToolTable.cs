using Spectre.Console;

namespace Orkestra.Cli.Output;

/// <summary>Rows for a person, or lines with tabs for a program that reads them.</summary>
internal static class ToolTable
{
    internal static void Write(ToolStreams streams, string[] columns, IEnumerable<string[]> rows)
    {
        if (!streams.IsOutputTerminal)
        {
            foreach (var row in rows) streams.Output.WriteLine(string.Join('\t', row));
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns) table.AddColumn(column);
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(streams.Output) }).Write(table);
    }
}
