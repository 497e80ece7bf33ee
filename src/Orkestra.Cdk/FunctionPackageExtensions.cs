using Constructs;

namespace Orkestra.Cdk;

/// <summary>Sets where the functions of steps come from, once for an app, a stack or any other scope.</summary>
public static class FunctionPackageExtensions
{
    /// <summary>Sets the default function package for a scope and its descendants.</summary>
    /// <param name="scope">An app, a stack or another scope.</param>
    /// <param name="package">The package.</param>
    public static void UseFunctions(this Construct scope, FunctionPackage package)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(package);
        package.UseIn(scope);
    }
}
