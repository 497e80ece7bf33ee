using Constructs;

namespace Orkestra.Cdk;

/// <summary>Says once for an app, a stack or any scope where the functions of its steps come from.</summary>
public static class FunctionPackageExtensions
{
    /// <summary>Makes a package that of a scope and of all below it that name none.</summary>
    /// <param name="scope">An app, a stack or another scope.</param>
    /// <param name="package">The package.</param>
    public static void UseFunctions(this Construct scope, FunctionPackage package)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(package);
        package.UseIn(scope);
    }
}
