using Amazon.CDK;
using Orkestra.Cdk;

var app = new App();
app.UseFunctions(new FunctionPackage("../SingleStep"));
_ = new SingleFunctionStack(app, "SingleFunction");
app.Synth();
