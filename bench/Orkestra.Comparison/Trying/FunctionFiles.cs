namespace Orkestra.Comparison.Trying;

/// <summary>The sources of the functions that the documents and the CDK stack call.</summary>
internal static class FunctionFiles
{
    public static string[] All { get; } =
    [
        Path.Combine("samples", "OrdersProcess", "CustomerOrder.cs"),
        Path.Combine("samples", "OrdersProcess", "Outside.cs"),
        Path.Combine("bench", "Orkestra.Comparison", "Functions", "OrderFunctions.cs"),
    ];
}
