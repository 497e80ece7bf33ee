namespace Orkestra.Engine.Tests.Resuming;

/// <summary>An event as a store kept it: whose it is, which of that execution's events, and its bytes.</summary>
sealed record KeptEvent(string Arn, int Index, byte[] Bytes)
{
    public ExecutionEvent Read() => ExecutionEvent.Read(Bytes);

    public override string ToString() => $"{Arn} #{Index} {System.Text.Encoding.UTF8.GetString(Bytes)}";
}
