//! A hostile guest: asks the host for a clock. It has bindings of its own, since the contract's world cannot import anything.

#[cfg(target_family = "wasm")]
mod component {
    wit_bindgen::generate!({
        inline: r#"
            package guest:undeclared-import;
            world undeclared-import {
                import now: func() -> u64;
                include ssbtx:adapter/adapter@1.0.0;
            }
        "#,
        path: ["../../../wit/catalogue", "../../../wit/adapter"],
    });

    use exports::ssbtx::adapter::translation::{Description, Guest, Parameter, PingStep, Question, Reply, Step};

    struct UndeclaredImport;

    // The host refuses it by its import, before anything of it runs.
    impl Guest for UndeclaredImport {
        fn describe() -> Description {
            panic!("ran at {}", now());
        }

        fn plan(_: Question) -> Step {
            panic!("ran at {}", now());
        }

        fn absorb(_: Question, _: Vec<u8>, _: Vec<Reply>) -> Step {
            panic!("ran at {}", now());
        }

        fn ping_plan(_: Vec<Parameter>) -> PingStep {
            panic!("ran at {}", now());
        }

        fn ping_absorb(_: Vec<u8>, _: Vec<Reply>) -> PingStep {
            panic!("ran at {}", now());
        }
    }

    export!(UndeclaredImport);
}
