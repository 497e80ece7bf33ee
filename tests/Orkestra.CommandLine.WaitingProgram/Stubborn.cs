namespace Orkestra.CommandLine.WaitingProgram;

/// <summary>A service that takes minutes to close.</summary>
public sealed class Stubborn : IAsyncDisposable
{
    public int Value => 1;

    public async ValueTask DisposeAsync() => await Task.Delay(TimeSpan.FromMinutes(5));
}
