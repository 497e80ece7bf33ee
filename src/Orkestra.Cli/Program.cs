namespace Orkestra.Cli;

internal static class Program
{
    static Task<int> Main(string[] args) => OrkestraTool.RunAsync(args);
}
