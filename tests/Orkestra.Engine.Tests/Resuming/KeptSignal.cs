using Orkestra.Engine.Signals;

namespace Orkestra.Engine.Tests.Resuming;

/// <summary>A signal as a store kept it: its execution, its index there, and its bytes.</summary>
sealed record KeptSignal(string Arn, int Index, byte[] Bytes)
{
    public ExecutionSignal Read() => ExecutionSignal.Read(Bytes);

    public override string ToString() => $"{Arn} #{Index} {System.Text.Encoding.UTF8.GetString(Bytes)}";
}
