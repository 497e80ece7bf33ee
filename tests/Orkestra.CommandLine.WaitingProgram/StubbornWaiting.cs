using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;

namespace Orkestra.CommandLine.WaitingProgram;

/// <summary>A program that does not end after the first Ctrl-C: a service takes minutes to close.</summary>
public sealed class StubbornWaiting : Workflow<Nothing, string>
{
    static readonly Step<Nothing, int> Begin = new((_, context) => context.Services.GetRequiredService<Stubborn>().Value);

    static readonly Step<int, string> Sleep = new((_, context) => context.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromMinutes(5)) ? "stopped" : "slept");

    public override Flow<Nothing, string> Define() => Begin >> Sleep;
}
