using Orkestra.Authoring;

namespace Orkestra.CommandLine.WaitingProgram;

/// <summary>A program for the tests of Ctrl-C: a step that holds its thread for a minute.</summary>
public sealed class Waiting : Workflow<Nothing, string>
{
    static readonly Step<Nothing, int> Begin = new(_ => 1);
    static readonly Step<int, string> Sleep = new((_, context) => context.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromMinutes(1)) ? "stopped" : "slept");

    public override Flow<Nothing, string> Define() => Begin >> Sleep;
}
