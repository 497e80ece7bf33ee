using Orkestra.Authoring;

namespace Orkestra.CommandLine.WaitingProgram;

/// <summary>A program for the tests of Ctrl-C: a step that holds its thread for minutes.</summary>
public sealed class Waiting : Workflow<Nothing, string>
{
    static readonly Step<Nothing, int> Begin = new(_ =>
    {
        Console.WriteLine("Written by a step");
        return 1;
    });

    static readonly Step<int, string> Sleep = new((_, context) => context.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromMinutes(5)) ? "stopped" : "slept");

    public override Flow<Nothing, string> Define() => Begin >> Sleep;
}
